import type { WiringSpec } from '../catalog/types.ts';
import type { ProjectFiles, ProjectProfile } from '../project/types.ts';
import type { Candidate, Inspection, Recipe, SourceText } from '../wire/types.ts';
import { PlanError } from './errors.ts';
import { confined, printable } from './paths.ts';

/** A target as the user named it. */
export interface TargetName {
  /** Workspace path. */
  readonly path: string;
  readonly symbol: string | undefined;
}

/** `FILE`, `FILE:function`, `FILE:Class.method`, `FILE:L12`. @throws PlanError `OUTSIDE_WORKSPACE`, `BAD_TARGET` */
export function parseTarget(target: string): TargetName {
  const colon = target.lastIndexOf(':');
  const isDrive = colon === 1 && /^[A-Za-z]:[\\/]/.test(target);
  const file = colon === -1 || isDrive ? target : target.slice(0, colon);
  const symbol = colon === -1 || isDrive ? undefined : target.slice(colon + 1);
  const path = confined(file, 'The target');
  if (path === '' || symbol === '' || !/^[\w$#.<>-]{0,200}$/u.test(symbol ?? '')) {
    throw new PlanError(
      'BAD_TARGET',
      `"${printable(target)}" is no target. Nothing was written.`,
      'Write FILE, FILE:function or FILE:Class.method, for example "src/users.ts:UserRepository.findById".',
    );
  }
  return { path, symbol };
}

export function targetText({ path, symbol }: TargetName): string {
  return symbol === undefined ? path : `${path}:${symbol}`;
}

const SCRIPT = /\.[mc]?[jt]sx?$/;

/** @throws PlanError `BAD_TARGET` when there is no such file, or it is no code */
export async function readTarget(path: string, files: ProjectFiles): Promise<SourceText> {
  const text = SCRIPT.test(path) ? await files.read(path) : undefined;
  if (text !== undefined) return { path, text };
  const dir = path.includes('/') ? path.slice(0, path.lastIndexOf('/')) : '';
  const names = await files.list(dir);
  throw new PlanError(
    'BAD_TARGET',
    SCRIPT.test(path)
      ? `There is no file "${printable(path)}". Nothing was written.`
      : `"${printable(path)}" is no TypeScript or JavaScript. Nothing was written.`,
    'Name a source file of the project, relative to its folder.',
    names
      .filter((name) => SCRIPT.test(name))
      .slice(0, 12)
      .map((name) => (dir === '' ? name : `${dir}/${name}`)),
  );
}

/** One way to wire the target. */
export interface Route {
  readonly spec: WiringSpec;
  readonly recipe: Recipe;
  /** The spec's params, rendered as far as they can be before the instance has its name. */
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Found {
  readonly route: Route;
  readonly inspection: Extract<Inspection, { ok: true }>;
}

/** The symbol to wire: the one named, else the one that the recipe found, as far as it knows that by its name. */
export function symbolOf(
  { route: { recipe, params }, inspection }: Found,
  file: SourceText,
  named: string | undefined,
  profile: ProjectProfile,
): string | undefined {
  if (named !== undefined) return named;
  const { symbol } = inspection;
  return recipe.inspect({ file, symbol }, { profile, params }).ok ? symbol : undefined;
}

export type Refusal = Extract<Inspection, { ok: false }>;

/** The first route that fits the target, and what the routes before it said against it. */
export function inspectTarget(
  routes: readonly Route[],
  file: SourceText,
  symbol: string | undefined,
  profile: ProjectProfile,
): { readonly found: Found | undefined; readonly refused: readonly Refusal[] } {
  const refused: Refusal[] = [];
  for (const route of routes) {
    const { recipe, params } = route;
    const inspection = recipe.inspect({ file, symbol }, { profile, params });
    if (inspection.ok) return { found: { route, inspection }, refused };
    refused.push(inspection);
  }
  return { found: undefined, refused };
}

/** Says why no route fits, and what would. */
export function refusedTarget(
  { path, symbol }: TargetName,
  refused: readonly Refusal[],
): PlanError {
  const candidates = unique(refused.flatMap((each) => each.candidates));
  const choices = candidates.map((candidate) => `${path}:${candidate.symbol}`);
  const reasons = [...new Set(refused.map(({ reason }) => sentence(reason)))].join(' ');
  if (symbol === undefined && choices.length > 1) {
    return new PlanError(
      'AMBIGUOUS_TARGET',
      `${path} has ${choices.length} places that could be wired. Nothing was written.`,
      'Name one of them with --target FILE:SYMBOL.',
      choices,
    );
  }
  return new PlanError(
    'BAD_TARGET',
    `${targetText({ path, symbol })} cannot be wired: ${reasons || 'nothing in it fits.'} Nothing was written.`,
    choices.length > 0
      ? 'Take one of the places in this file that can be wired, or leave --target out and wire it by hand.'
      : 'Name another place, or leave --target out and wire it by hand.',
    choices,
  );
}

function unique(candidates: readonly Candidate[]): readonly Candidate[] {
  const bySymbol = new Map(candidates.map((candidate) => [candidate.symbol, candidate]));
  return [...bySymbol.values()].toSorted((a, b) => a.start - b.start);
}

function sentence(text: string): string {
  return /[.!?]$/.test(text) ? text : `${text}.`;
}
