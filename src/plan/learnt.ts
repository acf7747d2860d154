import { join } from '../project/reader.ts';
import type { NeededImport, WireFacts } from '../wire/types.ts';
import { PlanError } from './errors.ts';
import { pathProblem } from './paths.ts';
import { learntPath } from './receipt.ts';

/** What the place that was wired taught about the instance. Once it is wired its code no longer tells, so it is kept for later renderings. */
export interface Learnt {
  readonly facts: WireFacts;
  readonly imports: readonly NeededImport[];
}

/** Own files are named from the package on, so that the text is the same whichever folder was opened. */
export function formatLearnt(
  { facts, imports }: Learnt,
  relative: (path: string) => string,
  eol: '\n' | '\r\n',
): string {
  const document = {
    facts,
    imports: imports.map((each) => ({
      ...each,
      from: isOwn(each.from) ? `./${relative(each.from.slice(1))}` : each.from,
    })),
  };
  return `${JSON.stringify(document, undefined, 2)}\n`.replaceAll('\n', eol);
}

const MAX_CHARS = 200_000;
const IDENTIFIER = /^[\p{ID_Start}$_][\p{ID_Continue}$]{0,200}$/u;
/** Stands between quotes in an import. */
const MODULE = /^[^'"`\\\n\r\u2028\u2029]{1,300}$/;

/**
 * Reads what `formatLearnt` wrote. It comes from the workspace, so its form is checked; the text in it is code, and is shown as such before
 * anything is written.
 * @param packageDir workspace path
 * @throws PlanError `BAD_RECEIPT`
 */
export function parseLearnt(text: string, instance: string, packageDir: string): Learnt {
  if (text.length > MAX_CHARS) throw refusal(instance, `is larger than ${MAX_CHARS} characters`);
  let value: { readonly facts?: unknown; readonly imports?: unknown } | null;
  try {
    value = JSON.parse(text) as typeof value;
  } catch {
    throw refusal(instance, 'is no JSON');
  }
  const { facts, imports } = value ?? {};
  if (!isFacts(facts)) throw refusal(instance, 'holds facts of an unknown form');
  if (!Array.isArray(imports) || !imports.every(isImport)) {
    throw refusal(instance, 'holds imports of an unknown form');
  }
  return { facts, imports: imports.map((each) => inWorkspace(each, instance, packageDir)) };
}

const isOwn = (from: string): boolean => from.startsWith('/');

function inWorkspace(needed: NeededImport, instance: string, packageDir: string): NeededImport {
  if (!needed.from.startsWith('./')) return needed;
  const path = join(packageDir, needed.from.slice(2));
  const problem = pathProblem(path);
  if (problem !== undefined) throw refusal(instance, `names a file whose path ${problem}`);
  return { ...needed, from: `/${path}` };
}

function isFacts(value: unknown): value is WireFacts {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.entries(value).every(([name, fact]) => IDENTIFIER.test(name) && isFact(fact));
}

function isFact(fact: unknown): boolean {
  return (
    typeof fact === 'string' ||
    typeof fact === 'boolean' ||
    (Array.isArray(fact) && fact.every((each) => typeof each === 'string'))
  );
}

function isImport(value: unknown): value is NeededImport {
  const { name, from, typeOnly, kind, as } = (value ?? {}) as Partial<
    Record<keyof NeededImport, unknown>
  >;
  const optional = (what: unknown, holds: (what: unknown) => boolean): boolean =>
    what === undefined || holds(what);
  const isName = (what: unknown): boolean => typeof what === 'string' && IDENTIFIER.test(what);
  return (
    isName(name) &&
    typeof from === 'string' &&
    MODULE.test(from) &&
    !isOwn(from) &&
    optional(typeOnly, (it) => typeof it === 'boolean') &&
    optional(kind, (it) => it === 'named' || it === 'default' || it === 'namespace') &&
    optional(as, isName)
  );
}

function refusal(instance: string, why: string): PlanError {
  return new PlanError(
    'BAD_RECEIPT',
    `${learntPath(instance)} ${why}. Nothing was written.`,
    'Restore the file from version control.',
    [learntPath(instance)],
  );
}
