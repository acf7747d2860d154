import { readFile, readdir } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { CatalogError, type Problem } from './errors.ts';
import type {
  AdapterManifest,
  Catalog,
  EngineManifest,
  KernelManifest,
  Pattern,
  PatternManifest,
} from './types.ts';

export type ManifestKind = 'pattern' | 'module' | 'engine' | 'adapter';

export interface LoadOptions {
  /**
   * Checks the shape of each manifest: `manifestValidator()` of `validate.ts`. Left out for the manifests that come with the product, which a test
   * has checked, so that a start pays for neither the schemas nor their compiler.
   */
  readonly validate?: (kind: ManifestKind, manifest: unknown) => readonly Problem[];
}

/** The engine offered first where a port has several embedded ones. */
const DEFAULT_ENGINE = 'memory';

/**
 * Reads all manifests below `dir`, the absolute path of a `templates` folder.
 * @throws CatalogError when a manifest is no JSON, does not pass `validate`, or names itself otherwise than its folder.
 */
export async function loadCatalog(dir: string, options: LoadOptions = {}): Promise<Catalog> {
  const [kernel, engines, adapters, patterns] = await Promise.all([
    readUnits<KernelManifest>(join(dir, 'kernel'), 'module', options),
    readUnits<EngineManifest>(join(dir, 'engines'), 'engine', options),
    readAdapters(join(dir, 'engines'), options),
    readUnits<PatternManifest>(join(dir, 'patterns'), 'pattern', options),
  ]);
  const byId = new Map(engines.map((engine) => [engine.id, engine]));
  const byPort = new Map(adapters.map((adapter) => [`${adapter.engine}/${adapter.port}`, adapter]));
  return {
    kernel: new Map(kernel.map((module) => [module.id, module])),
    engines: byId,
    adapters: byPort,
    patterns: new Map(
      patterns.map((pattern): [string, Pattern] => [
        pattern.id,
        { ...pattern, engines: enginesOf(pattern, [...byId.values()], byPort) },
      ]),
    ),
  };
}

/** Engines with an adapter for each port, embedded ones first. A pattern without ports runs in the process. */
function enginesOf(
  { scaffold }: PatternManifest,
  engines: readonly EngineManifest[],
  adapters: ReadonlyMap<string, unknown>,
): readonly string[] {
  if (scaffold === undefined) return [];
  if (scaffold.ports.length === 0) return [DEFAULT_ENGINE];
  const rank = (engine: EngineManifest) =>
    engine.id === DEFAULT_ENGINE ? 0 : engine.embedded ? 1 : 2;
  return engines
    .filter(({ id }) => scaffold.ports.every((port) => adapters.has(`${id}/${port}`)))
    .sort((a, b) => rank(a) - rank(b) || (a.id < b.id ? -1 : 1))
    .map(({ id }) => id);
}

/** `<dir>/<id>/<kind>.json` of every folder that has one. */
async function readUnits<T extends { readonly id: string }>(
  dir: string,
  kind: 'module' | 'engine' | 'pattern',
  options: LoadOptions,
): Promise<(T & { readonly folder: string })[]> {
  const units = await Promise.all(
    (await folders(dir)).map(async (folder) => {
      const file = join(folder, `${kind}.json`);
      const manifest = await readManifest<T>(file, kind, options);
      if (manifest === undefined) return undefined;
      expectName(file, 'id', manifest.id, basename(folder));
      return { ...manifest, folder };
    }),
  );
  return units.filter((unit) => unit !== undefined);
}

/** `<dir>/<engine>/<port>.json`: every manifest but the engine's own. */
async function readAdapters(
  dir: string,
  options: LoadOptions,
): Promise<(AdapterManifest & { readonly folder: string })[]> {
  const files = await Promise.all(
    (await folders(dir)).map(async (folder) =>
      (await readdir(folder))
        .filter((name) => name.endsWith('.json') && name !== 'engine.json')
        .map((name) => ({ folder, file: join(folder, name) })),
    ),
  );
  const adapters = await Promise.all(
    files.flat().map(async ({ folder, file }) => {
      const manifest = await readManifest<AdapterManifest>(file, 'adapter', options);
      if (manifest === undefined) return undefined;
      expectName(file, 'engine', manifest.engine, basename(folder));
      expectName(file, 'port', manifest.port, basename(file, '.json'));
      return { ...manifest, folder };
    }),
  );
  return adapters.filter((adapter) => adapter !== undefined);
}

async function folders(dir: string): Promise<string[]> {
  const entries = await readdir(dir, { withFileTypes: true });
  return entries
    .filter((entry) => entry.isDirectory())
    .map((entry) => join(dir, entry.name))
    .sort();
}

/** The manifest, or undefined where there is no such file. */
async function readManifest<T>(
  file: string,
  kind: ManifestKind,
  { validate }: LoadOptions,
): Promise<T | undefined> {
  let text: string;
  try {
    text = await readFile(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
  let manifest: unknown;
  try {
    manifest = JSON.parse(text);
  } catch (error) {
    throw new CatalogError(file, [
      { path: '', message: `not valid JSON: ${(error as Error).message}` },
    ]);
  }
  const problems = validate?.(kind, manifest) ?? [];
  if (problems.length > 0) throw new CatalogError(file, problems);
  return manifest as T;
}

function expectName(file: string, path: string, actual: string, expected: string): void {
  if (actual === expected) return;
  const message = `must be "${expected}", as the manifest stands there, not "${actual}"`;
  throw new CatalogError(file, [{ path, message }]);
}
