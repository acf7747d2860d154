import minVersion from 'semver/ranges/min-version.js';
import { asString } from './json.ts';
import { isModuleScope, rangeOf, type Package } from './package.ts';
import type { Reader } from './reader.ts';
import { moduleSpecifiers, type CodeToken } from './tokens.ts';
import type { Tsconfig } from './tsconfig.ts';
import type { ProjectProfile } from './types.ts';

type ModuleSystem = ProjectProfile['moduleSystem'];
type ImportExtension = ProjectProfile['importExtension'];

export interface Modules {
  readonly moduleSystem: ModuleSystem;
  readonly importExtension: ImportExtension;
}

export interface ModuleFacts {
  readonly config: Tsconfig;
  /** The package and the workspace root, nearest first. */
  readonly packages: readonly (Package | undefined)[];
  /** Sources of the project, scanned. */
  readonly sources: readonly (readonly CodeToken[])[];
  readonly outDir: string;
  readonly language: ProjectProfile['language'];
}

/** Tools that resolve an import without extension. */
const RESOLVERS = [
  ...['vite', 'tsup', 'tsdown', 'esbuild', 'webpack', 'rollup', 'rolldown', '@swc/core', 'parcel'],
  ...['tsx', 'vite-node', 'ts-jest', '@vercel/ncc', 'bun', '@types/bun', 'wrangler', 'unbuild'],
];

/** What a file in `outDir` is emitted or run as, and what its relative imports end in. */
export async function modulesOf(reader: Reader, facts: ModuleFacts): Promise<Modules> {
  const scopeIsEsm = await isModuleScope(reader, facts.outDir);
  if (facts.language === 'javascript') return javaScriptModules(reader, facts, scopeIsEsm);
  const module = effectiveModule(reader, facts);
  const moduleSystem = systemOf(reader, module, scopeIsEsm);
  const importExtension =
    writtenExtension(facts.sources) ?? ruleExtension(facts, module, moduleSystem, scopeIsEsm);
  return { moduleSystem, importExtension };
}

/** Node goes by package.json; sources that say otherwise are made ready for it by a tool, or found out by a newer Node. */
function javaScriptModules(reader: Reader, { sources }: ModuleFacts, scopeIsEsm: boolean): Modules {
  const isEsm = scopeIsEsm || (sources.some(importsStatically) && !sources.some(requires));
  if (isEsm && !scopeIsEsm) {
    reader.note(
      'package.json does not say "type": "module", but the sources import: ESM is assumed.',
    );
  }
  const written = writtenExtension(sources);
  const importExtension = written === '.ts' ? undefined : written;
  return isEsm
    ? { moduleSystem: 'esm', importExtension: importExtension ?? '.js' }
    : { moduleSystem: 'commonjs', importExtension: importExtension ?? '' };
}

const importsStatically = (tokens: readonly CodeToken[]): boolean =>
  tokens.some(
    ({ text, indent }, index) =>
      text === 'import' && indent === '' && tokens[index + 1]?.text !== '(',
  );

const requires = (tokens: readonly CodeToken[]): boolean =>
  tokens.some(
    ({ text }, index) =>
      text === 'require' && tokens[index + 1]?.text === '(' && tokens[index + 2]?.kind === 'string',
  );

/** The `module` option, or what TypeScript takes without one; undefined when an `extends` that could say it is missing. */
function effectiveModule(reader: Reader, { config, packages }: ModuleFacts): string | undefined {
  const stated = asString(config.options['module']);
  if (stated !== undefined) return stated;
  if (config.missing.length > 0) {
    reader.note(
      `"module" may be set in ${config.missing.join(', ')}: "type" of package.json decides.`,
    );
    return undefined;
  }
  const resolution = asString(config.options['moduleResolution']);
  if (resolution === 'nodenext' || resolution === 'node16') return resolution;
  const range = rangeOf('typescript', packages);
  if (range !== undefined && (majorOf(range) ?? 0) >= 6) return 'esnext';
  const target = asString(config.options['target']) ?? 'es5';
  return target === 'es3' || target === 'es5' ? 'commonjs' : 'es2015';
}

/** Lowest major that a range allows. */
export function majorOf(range: string): number | undefined {
  try {
    return minVersion(range)?.major;
  } catch {
    return undefined;
  }
}

function systemOf(reader: Reader, module: string | undefined, scopeIsEsm: boolean): ModuleSystem {
  const scope = scopeIsEsm ? 'esm' : 'commonjs';
  if (module === undefined || followsScope(module)) return scope;
  const emitted =
    module === 'commonjs' || module === 'umd' || module === 'amd' ? 'commonjs' : 'esm';
  if (emitted === 'commonjs' && scopeIsEsm) {
    reader.note(
      'tsconfig says "module": "commonjs", package.json "type": "module": ESM is assumed.',
    );
    return 'esm';
  }
  return emitted;
}

/** `node16`, `node18`, `node20`, `nodenext`: each file is what Node takes it for. */
function followsScope(module: string): boolean {
  return /^node(\d+|next)$/.test(module);
}

/** What the project's own imports end in, when they agree. */
function writtenExtension(sources: readonly (readonly CodeToken[])[]): ImportExtension | undefined {
  const counts = { '.js': 0, '.ts': 0, '': 0 };
  for (const specifier of sources.flatMap(moduleSpecifiers)) {
    if (!specifier.startsWith('.') || /\.(json|css|html|node|wasm|[cm][jt]s)$/.test(specifier))
      continue;
    if (specifier.endsWith('.js')) counts['.js']++;
    else if (specifier.endsWith('.ts')) counts['.ts']++;
    else counts['']++;
  }
  const used = (['.js', '.ts', ''] as const).filter((extension) => counts[extension] > 0);
  return used.sort((a, b) => counts[b] - counts[a])[0];
}

function ruleExtension(
  { config, packages }: ModuleFacts,
  module: string | undefined,
  system: ModuleSystem,
  scopeIsEsm: boolean,
): ImportExtension {
  const { options } = config;
  if (options['rewriteRelativeImportExtensions'] === true) return '.ts';
  if (options['allowImportingTsExtensions'] === true && runsTypeScript(packages)) return '.ts';
  if (system === 'commonjs') return '';
  const resolvesAsNode = module === undefined || followsScope(module);
  if (resolvesAsNode) return '.js';
  // The compiler is content without; whether the result runs depends on who resolves the imports.
  const resolved = RESOLVERS.some((name) => rangeOf(name, packages) !== undefined);
  return scopeIsEsm && !resolved ? '.js' : '';
}

/** Node itself runs the sources: `node src/main.ts`, `node --test src/**`. */
function runsTypeScript(packages: readonly (Package | undefined)[]): boolean {
  return packages.some((found) =>
    Object.values(found?.scripts ?? {}).some((script) =>
      /\bnode\b[^&|;]*(\.[cm]?ts\b|--experimental-strip-types)/.test(script),
    ),
  );
}
