import { readFileSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { CatalogError, type Problem } from './errors.ts';
import type {
  AdapterManifest,
  Catalog,
  EngineManifest,
  KernelManifest,
  Located,
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
  /** How the folder is read; default: as any folder. */
  readonly reader?: Reader;
  /** The folder as messages name it, where it holds a project's own templates. */
  readonly own?: string;
}

/** What loading asks of a folder of templates. */
export interface Reader {
  /** Absolute paths of the folders in a folder. */
  folders(dir: string): Promise<readonly string[]>;
  /** Absolute paths of the `.json` files in a folder. */
  manifests(dir: string): Promise<readonly string[]>;
  /** Text of a file; undefined when there is none. */
  text(file: string): Promise<string | undefined>;
}

/** The units of one folder of templates. */
export interface Templates {
  readonly kernel: readonly (KernelManifest & Located)[];
  readonly engines: readonly EngineManifest[];
  readonly adapters: readonly (AdapterManifest & Located)[];
  readonly patterns: readonly (PatternManifest & Located)[];
}

/** The engine offered first where a port has several embedded ones. */
const DEFAULT_ENGINE = 'memory';

/**
 * Reads all manifests below `dir`, the absolute path of a `templates` folder.
 * @throws CatalogError when a manifest is no JSON, does not pass `validate`, or names itself otherwise than its folder.
 */
export async function loadCatalog(dir: string, options: LoadOptions = {}): Promise<Catalog> {
  return catalogOf([await readTemplates(dir, options)]);
}

/** As `loadCatalog`, before the catalogue is made. */
export async function readTemplates(dir: string, options: LoadOptions = {}): Promise<Templates> {
  const [kernel, engines, adapters, patterns] = await Promise.all([
    readUnits<KernelManifest>(dir, 'kernel', 'module', options),
    readUnits<EngineManifest>(dir, 'engines', 'engine', options),
    readAdapters(dir, options),
    readUnits<PatternManifest>(dir, 'patterns', 'pattern', options),
  ]);
  return { kernel, engines, adapters, patterns };
}

/** One catalogue of several layers: a unit takes the place of the one with its id in a layer before it, as a whole. */
export function catalogOf(layers: readonly Templates[]): Catalog {
  const byId = <T extends { readonly id: string }>(units: readonly T[]) =>
    new Map(units.map((unit) => [unit.id, unit]));
  const engines = byId(layers.flatMap((layer) => layer.engines));
  const adapters = new Map(
    layers
      .flatMap((layer) => layer.adapters)
      .map((adapter) => [`${adapter.engine}/${adapter.port}`, adapter]),
  );
  const patterns = [...byId(layers.flatMap((layer) => layer.patterns)).values()].map(
    (pattern): [string, Pattern] => [
      pattern.id,
      { ...pattern, engines: enginesOf(pattern, [...engines.values()], adapters) },
    ],
  );
  return {
    kernel: byId(layers.flatMap((layer) => layer.kernel)),
    engines,
    adapters,
    patterns: new Map(patterns.sort(([a], [b]) => (a < b ? -1 : 1))),
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

/** `<dir>/<part>/<id>/<kind>.json` of every folder that has one. */
async function readUnits<T extends { readonly id: string }>(
  dir: string,
  part: 'kernel' | 'engines' | 'patterns',
  kind: 'module' | 'engine' | 'pattern',
  options: LoadOptions,
): Promise<readonly (T & Located)[]> {
  const { reader = plainReader } = options;
  const units = await Promise.all(
    (await reader.folders(join(dir, part))).map(async (folder) => {
      const file = join(folder, `${kind}.json`);
      const manifest = await readManifest<T>(file, kind, options);
      if (manifest === undefined) return undefined;
      expectName(file, 'id', manifest.id, basename(folder));
      return { ...manifest, ...located(folder, part, options) };
    }),
  );
  return units.filter((unit) => unit !== undefined);
}

/** `<dir>/engines/<engine>/<port>.json`: every manifest but the engine's own. */
async function readAdapters(
  dir: string,
  options: LoadOptions,
): Promise<readonly (AdapterManifest & Located)[]> {
  const { reader = plainReader } = options;
  const adapters = await Promise.all(
    (await reader.folders(join(dir, 'engines'))).map(async (folder) => {
      const files = (await reader.manifests(folder)).filter(
        (file) => basename(file) !== 'engine.json',
      );
      return Promise.all(
        files.map(async (file) => {
          const manifest = await readManifest<AdapterManifest>(file, 'adapter', options);
          if (manifest === undefined) return undefined;
          expectName(file, 'engine', manifest.engine, basename(folder));
          expectName(file, 'port', manifest.port, basename(file, '.json'));
          return { ...manifest, ...located(folder, 'engines', options) };
        }),
      );
    }),
  );
  return adapters.flat().filter((adapter) => adapter !== undefined);
}

function located(folder: string, part: string, { own }: LoadOptions): Located {
  return own === undefined ? { folder } : { folder, own: `${own}/${part}/${basename(folder)}` };
}

/** At once and not in turns of the event loop: 94 files of a few KiB took 7 ms of CPU so, 15 in turns; the catalogue has 50. */
const plainReader: Reader = {
  async folders(dir) {
    return readdirSync(dir, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => join(dir, entry.name))
      .sort();
  },
  async manifests(dir) {
    return readdirSync(dir)
      .filter((name) => name.endsWith('.json'))
      .map((name) => join(dir, name));
  },
  async text(file) {
    try {
      return readFileSync(file, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
      throw error;
    }
  },
};

/** The manifest, or undefined where there is no such file. */
async function readManifest<T>(
  file: string,
  kind: ManifestKind,
  { validate, reader = plainReader }: LoadOptions,
): Promise<T | undefined> {
  const text = await reader.text(file);
  if (text === undefined) return undefined;
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
