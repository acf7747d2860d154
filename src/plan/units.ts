import type { AdapterManifest, Catalog, FileSpec, KernelManifest } from '../catalog/types.ts';
import type { ScaffoldablePattern } from './resolve.ts';

/** Something that is installed once per project: a kernel module, an adapter, or a pattern's generic code. */
export interface Unit {
  /** `kernel/clock`, `engines/redis/cache-store`, `patterns/cache-aside`. */
  readonly id: string;
  readonly version: string;
  readonly folder: string;
  readonly files: readonly FileSpec[];
}

export interface Units {
  /** What is used comes before its user. */
  readonly shared: readonly Unit[];
  /** Of the chosen engine, one per port of the pattern. */
  readonly adapters: readonly AdapterManifest[];
  /** All whose npm packages are needed. */
  readonly dependencies: readonly AdapterManifest['dependencies'][];
}

type Located<T> = T & { readonly folder: string };

/**
 * Everything that one instance needs: the pattern's generic code, its adapters on the engine and on the embedded one (its tests
 * run on that), and the kernel modules of all of them.
 */
export function collectUnits(
  catalog: Catalog,
  pattern: ScaffoldablePattern,
  engine: string,
): Units {
  const embedded = pattern.engines.find((id) => catalog.engines.get(id)?.embedded);
  const engines = [...new Set([embedded ?? engine, engine])];
  const adaptersOf = (id: string) =>
    pattern.scaffold.ports.map((port) => adapter(catalog, id, port));
  const adapters = engines.flatMap(adaptersOf);
  const needed = [pattern.scaffold, ...adapters].flatMap(({ requires }) => requires);
  return {
    shared: [
      ...kernel(catalog, needed).map((module) => unit(`kernel/${module.id}`, module)),
      ...adapters.map((each) => unit(`engines/${each.engine}/${each.port}`, each)),
      unit(`patterns/${pattern.id}`, {
        version: pattern.version,
        folder: pattern.folder,
        files: pattern.scaffold.files.filter(isShared),
      }),
    ],
    adapters: adaptersOf(engine),
    dependencies: adapters.map((each) => each.dependencies),
  };
}

export function isShared({ role }: FileSpec): boolean {
  return role === 'source' || role === 'test';
}

/** Kernel modules and those that they require, each once, what is required first. */
function kernel(catalog: Catalog, ids: readonly string[]): readonly Located<KernelManifest>[] {
  const found = new Map<string, Located<KernelManifest>>();
  const visit = (id: string, path: readonly string[]): void => {
    if (found.has(id)) return;
    if (path.includes(id))
      throw new Error(`kernel modules require each other: ${[...path, id].join(' -> ')}`);
    const module = catalog.kernel.get(id);
    if (!module)
      throw new Error(`templates/kernel has no module "${id}", required by ${path.at(-1)}`);
    for (const required of module.requires) visit(required, [...path, id]);
    found.set(id, module);
  };
  for (const id of ids) visit(id, []);
  return [...found.values()];
}

function adapter(catalog: Catalog, engine: string, port: string): Located<AdapterManifest> {
  const found = catalog.adapters.get(`${engine}/${port}`);
  if (!found) throw new Error(`templates/engines/${engine} has no adapter for "${port}"`);
  return found;
}

function unit(id: string, { version, folder, files }: Omit<Unit, 'id'>): Unit {
  return { id, version, folder, files };
}
