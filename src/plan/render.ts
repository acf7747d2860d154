/**
 * Templates to text. For one file of a unit:
 *
 *   const { path, text } = await renderFile(spec, unit.folder, context, { ...profile, out: profile.outDir });
 *
 * `spec` is an entry of a manifest's `files`, `unit.folder` the unit's absolute folder, `context` an `instanceContext(…)` (undefined for
 * kernel modules, adapters and other generic files), `path` the workspace path where the file goes, `text` exactly what belongs there (imports,
 * test runner, style and line ends of the project). `isRendered(spec, context)` tells first whether the file is wanted (`when`).
 * Strings of a manifest (`params`, `title`): `renderDeep(params, context)`, `renderText(title, { ...context, symbol })`.
 */
import { readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import Handlebars from 'handlebars';
import type { FileSpec } from '../catalog/types.ts';
import type { ProjectProfile } from '../project/types.ts';
import { rewriteImports } from './imports.ts';
import { applyStyle } from './style.ts';

/** What rendering needs to know of the project. */
export interface RenderTarget
  extends
    Pick<ProjectProfile, 'importExtension' | 'testRunner' | 'testDir' | 'testSuffix' | 'style'>,
    // TypeScript unless it says otherwise; its compiler sees to the module system.
    Partial<Pick<ProjectProfile, 'language' | 'moduleSystem'>> {
  /** Output folder, relative to the root. */
  readonly out: string;
}

export interface RenderedFile {
  /** Workspace path, POSIX. */
  readonly path: string;
  readonly text: string;
}

/** A template that cannot be rendered. */
export class TemplateError extends Error {
  override readonly name = 'TemplateError';
  /** Absolute path. */
  readonly template: string;
  readonly problem: string;

  constructor(template: string, cause: unknown) {
    const problem = cause instanceof Error ? cause.message : String(cause);
    super(`${template}: ${problem}`, { cause });
    this.template = template;
    this.problem = problem;
  }
}

/** Renders one template of a unit as it will stand in the project; of a file of types nothing is left in JavaScript: its text is empty. @throws TemplateError */
export async function renderFile(
  file: FileSpec,
  folder: string,
  context: object | undefined,
  target: RenderTarget,
): Promise<RenderedFile> {
  const template = join(folder, file.template);
  const generic = file.role === 'source' || file.role === 'test';
  try {
    // At once: 94 such files took 7 ms of CPU so, 15 in turns of the event loop.
    const source = readFileSync(template, 'utf8').replaceAll('\r\n', '\n');
    const written = context === undefined ? file.path : renderText(file.path, context);
    const path = placed(written, target);
    const raw = generic ? source : renderText(source, context ?? {});
    const text = SCRIPT.test(path)
      ? rewriteImports(raw, target, {
          written,
          placed: path,
          locate: (other) => placed(other, target),
        })
      : raw;
    if (target.language !== 'javascript' || !SCRIPT.test(path)) {
      return { path, text: await applyStyle(text, path, target.style, generic) };
    }
    const { moduleForm, toJavaScript } = await import('./javascript.ts');
    const erased = await toJavaScript(text, moduleForm(target, TEST.test(written)));
    return { path, text: erased && (await applyStyle(erased, path, target.style, false)) };
  } catch (error) {
    throw new TemplateError(template, error);
  }
}

/** Whether the instance's facts ask for a file, or for an entry of the project's configuration: each of `when` is truthy in the context. */
export function isRendered({ when = [] }: Pick<FileSpec, 'when'>, context: object): boolean {
  return when.every((path) => {
    const value = path
      .split('.')
      .reduce<unknown>((at, key) => (at as Record<string, unknown> | undefined)?.[key], context);
    return Array.isArray(value) ? value.length > 0 : Boolean(value);
  });
}

const SCRIPT = /\.[mc]?[jt]sx?$/;

/** Tests and what only tests import: they go where the project keeps its tests. */
const TEST = /\.(test|contract)\.ts$/;

/** Workspace path of a file of the output folder. */
function placed(written: string, target: RenderTarget): string {
  if (!TEST.test(written)) return posix.join(target.out, inLanguage(written, target));
  const named = written.replace(/\.test\.ts$/, target.testSuffix);
  return posix.join(target.testDir ?? target.out, inLanguage(named, target));
}

/** The path of a generated script as the project's language has it. */
export const inLanguage = (path: string, { language }: Pick<RenderTarget, 'language'>): string =>
  language === 'javascript' ? path.replace(/\.ts$/, '.js') : path;

const handlebars = Handlebars.create();
const compiled = new Map<string, (context: unknown) => string>();

/**
 * Renders Handlebars text. A name that does not exist in the context, in a tag or in a block, is an error; so is any helper
 * but `if`, `unless` and `each`. Values are put in as they are.
 */
export function renderText(template: string, context: object): string {
  if (!template.includes('{{')) return template;
  let run = compiled.get(template);
  if (run === undefined) {
    run = handlebars.compile(template, {
      noEscape: true,
      strict: true,
      knownHelpersOnly: true,
      knownHelpers: { with: false, log: false, lookup: false } as never,
    });
    compiled.set(template, run);
  }
  return run(strictly(context, ''));
}

/** Renders every string in a value of JSON. */
export function renderDeep(value: unknown, context: object): unknown {
  if (typeof value === 'string') return renderText(value, context);
  if (Array.isArray(value)) return value.map((item) => renderDeep(item, context));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, renderDeep(item, context)]),
  );
}

/** Handlebars' own `strict` lets `{{#if typo}}` pass as false, which would silently drop code. */
function strictly(value: unknown, path: string): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => strictly(item, path));
  const expect = (object: object, key: string) => {
    if (!Object.hasOwn(object, key)) throw new Error(`"${path}${key}" is not defined`);
    return true;
  };
  return new Proxy(value, {
    has: (object, key) => typeof key === 'string' && expect(object, key),
    get(object, key) {
      if (typeof key === 'symbol') return Reflect.get(object, key) as unknown;
      expect(object, key);
      return strictly(Reflect.get(object, key), `${path}${key}.`);
    },
  });
}
