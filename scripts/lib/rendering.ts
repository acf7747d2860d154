import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import type { AdapterManifest, Catalog, FileSpec, Pattern } from '../../src/catalog/types.ts';
import { instanceContext, type InstanceContext } from '../../src/plan/context.ts';
import { instanceNames } from '../../src/plan/names.ts';
import { isRendered, renderFile, type RenderTarget } from '../../src/plan/render.ts';
import type { WireFacts } from '../../src/wire/types.ts';
import { INSTANCE_VARIANTS } from './instance-variants.ts';

/** One file of the rendered catalogue, with the template that it comes from. */
export interface Rendered {
  readonly path: string;
  readonly text: string;
  /** Absolute path. */
  readonly template: string;
  /** The template's text as it was rendered: somebody may be writing it. */
  readonly source: string;
  readonly role: FileSpec['role'];
}

export interface RenderedCatalog {
  readonly files: readonly Rendered[];
  /** Templates that could not be rendered. */
  readonly errors: readonly Error[];
}

/**
 * Renders every kernel module, adapter and pattern, and for each pattern and engine an instance with the default name and answers.
 * Instances on the default engine stand where `add` puts them, others in `instances/<pattern>-<engine>/`,
 * what targets make of them (`INSTANCE_VARIANTS`) in `instances/<pattern>-<variant>/`.
 */
export async function renderCatalog(
  catalog: Catalog,
  target: RenderTarget,
): Promise<RenderedCatalog> {
  const patterns = [...catalog.patterns.values()].filter(({ scaffold }) => scaffold);
  const generic = [
    ...catalog.kernel.values(),
    ...catalog.adapters.values(),
    ...patterns.map(({ folder, scaffold }) => ({ folder, files: scaffold!.files })),
  ].flatMap(({ folder, files }) =>
    files
      .filter(({ role }) => !isInstance(role))
      .map((file) => renderOne(file, folder, undefined, target)),
  );
  const instances = patterns.flatMap((pattern) => [
    ...pattern.engines.map((engine) => renderInstance(catalog, pattern, engine, target)),
    ...Object.entries(INSTANCE_VARIANTS[pattern.id] ?? {}).map(async ([variant, facts]) => {
      const files = await renderInstance(catalog, pattern, pattern.engines[0]!, target, facts);
      return moveInstance(files, target.out, `instances/${pattern.id}-${variant}`);
    }),
  ]);
  const settled = await Promise.allSettled([
    ...generic.map(async (file) => [await file]),
    ...instances,
  ]);
  const files = settled.flatMap((result) => (result.status === 'fulfilled' ? result.value : []));
  const errors = settled.flatMap((result) =>
    result.status === 'rejected' ? [result.reason as Error] : [],
  );
  return {
    // Of a file of types JavaScript has nothing.
    files: files.filter(({ text }) => text !== ''),
    errors: errors.length > 0 ? errors : unrendered(patterns, files),
  };
}

/** Templates of instances that no variant renders: nothing would check them. */
function unrendered(patterns: readonly Pattern[], files: readonly Rendered[]): Error[] {
  const rendered = new Set(files.map(({ template }) => template));
  return patterns.flatMap(({ folder, engines, scaffold }) =>
    scaffold!.files
      .map(({ template }) => join(folder, template))
      .filter((template) => engines.length > 0 && !rendered.has(template))
      .map((template) => new Error(`${template} is rendered by no variant: add one`)),
  );
}

function isInstance(role: FileSpec['role']): boolean {
  return role === 'instance' || role === 'instance-test';
}

async function renderOne(
  file: FileSpec,
  folder: string,
  context: InstanceContext | undefined,
  target: RenderTarget,
): Promise<Rendered> {
  const template = join(folder, file.template);
  const [rendered, source] = await Promise.all([
    renderFile(file, folder, context, target),
    readFile(template, 'utf8'),
  ]);
  return { ...rendered, template, source, role: file.role };
}

async function renderInstance(
  catalog: Catalog,
  pattern: Pattern,
  engine: string,
  target: RenderTarget,
  facts?: WireFacts,
): Promise<Rendered[]> {
  const scaffold = pattern.scaffold!;
  const context = instanceContext({
    names: instanceNames(scaffold.defaultName),
    scaffold,
    engine: catalog.engines.get(engine)!,
    adapters: scaffold.ports.map((port): AdapterManifest =>
      catalog.adapters.get(`${engine}/${port}`)!,
    ),
    options: Object.fromEntries(scaffold.options.map(({ id, default: value }) => [id, value])),
    ...(facts === undefined ? {} : { wire: { facts, imports: [] } }),
  });
  const files = await Promise.all(
    scaffold.files
      .filter((file) => isInstance(file.role) && isRendered(file, context))
      .map((file) => renderOne(file, pattern.folder, context, target)),
  );
  if (engine === pattern.engines[0]) return files;
  return moveInstance(files, target.out, `instances/${pattern.id}-${engine}`);
}

/** Moves an instance below the output folder; what it imports from outside itself is reached from there. */
function moveInstance(files: readonly Rendered[], out: string, to: string): Rendered[] {
  const own = new Set(files.map(({ path }) => path.replace(/\.[jt]s$/, '')));
  return files.map((file) => {
    const path = posix.join(out, to, posix.relative(out, file.path));
    const text = file.text.replace(
      /(from |import\(|require\()'(\.[^'\n]+)'/g,
      (_, lead: string, from) => {
        const imported = posix.join(posix.dirname(file.path), from as string);
        if (own.has(imported.replace(/\.[jt]s$/, ''))) return `${lead}'${from}'`;
        return `${lead}'${posix.relative(posix.dirname(path), imported)}'`;
      },
    );
    return { ...file, path, text };
  });
}
