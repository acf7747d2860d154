import picomatch from 'picomatch';
import { biomeStyle } from './biome.ts';
import { editorConfigStyle } from './editorconfig.ts';
import { asObject, asString, parseJsonc, type JsonObject } from './json.ts';
import { rangeOf, type Package } from './package.ts';
import { below, join, parentDir, upwards, type Reader } from './reader.ts';
import { DEFAULT_STYLE, detectCommonStyle } from './style.ts';
import type { ProjectProfile, Style } from './types.ts';
import { parseYaml, type Workspace } from './workspace.ts';

export type Formatting = Pick<ProjectProfile, 'formatter' | 'style'>;

/** Prettier's and Biome's defaults differ from each other in what is indented by. */
const PRETTIER_DEFAULTS: Style = { ...DEFAULT_STYLE, quotes: 'double' };
const DATA_CONFIGS = [
  '.prettierrc',
  '.prettierrc.json',
  '.prettierrc.yaml',
  '.prettierrc.yml',
  '.prettierrc.json5',
];
const CODE_CONFIG = /^(\.prettierrc|prettier\.config)\.[cm]?[jt]s$|^\.prettierrc\.toml$/;

/**
 * The style that the project's formatter will give generated code. A config that says it wins over .editorconfig,
 * that over the sources, those over defaults. Line ends follow the sources unless a config names them.
 */
export async function formattingOf(
  reader: Reader,
  found: Package,
  workspace: Workspace,
  /** A source file, which need not exist. */
  file: string,
  sources: readonly string[],
): Promise<Formatting> {
  const dirs = upwards(parentDir(file) ?? '', workspace.dir);
  const editor = await editorConfigStyle(reader, file);
  const eol = detectCommonStyle(sources, DEFAULT_STYLE).eol;
  const prettier = await prettierStyle(reader, dirs, file);
  if (prettier.style) {
    return {
      formatter: 'prettier',
      style: { ...PRETTIER_DEFAULTS, eol, ...editor, ...prettier.style },
    };
  }
  const biome = prettier.found ? undefined : await biomeStyle(reader, dirs);
  if (biome) {
    const { usesEditorConfig, style } = biome;
    const defaults: Style = { ...PRETTIER_DEFAULTS, indent: '\t', eol };
    return {
      formatter: 'biome',
      style: { ...defaults, ...(usesEditorConfig ? editor : {}), ...style },
    };
  }
  const isInstalled = rangeOf('prettier', [found, workspace.root]) !== undefined;
  const formatter = prettier.found || isInstalled ? 'prettier' : undefined;
  const defaults = formatter ? PRETTIER_DEFAULTS : DEFAULT_STYLE;
  reader.note(
    sources.length > 0
      ? 'No formatter settings could be read: the style is that of the sources.'
      : 'No formatter settings and no sources were found: the style is the usual one.',
  );
  return { formatter, style: detectCommonStyle(sources, { ...defaults, ...editor }) };
}

interface PrettierFindings {
  /** There is a config, whether or not it could be read. */
  readonly found: boolean;
  readonly style: Partial<Style> | undefined;
}

async function prettierStyle(
  reader: Reader,
  dirs: readonly string[],
  file: string,
): Promise<PrettierFindings> {
  for (const dir of dirs) {
    const config = await prettierConfig(reader, dir);
    if (config) return { found: true, style: fromPrettier(config, below(dir, file)) };
    const code = (await reader.list(dir)).find((name) => CODE_CONFIG.test(name));
    if (code !== undefined) {
      reader.note(`${join(dir, code)} is a program, which is not run here.`);
      return { found: true, style: undefined };
    }
  }
  return { found: false, style: undefined };
}

async function prettierConfig(reader: Reader, dir: string): Promise<JsonObject | undefined> {
  const key = (await reader.optionalJson(join(dir, 'package.json')))?.['prettier'];
  if (typeof key === 'object' && key !== null) return asObject(key);
  if (typeof key === 'string') return sharedConfig(reader, dir, key);
  const names = await reader.list(dir);
  for (const name of DATA_CONFIGS.filter((config) => names.includes(config))) {
    const text = (await reader.read(join(dir, name))) ?? '';
    const config = parseJsonc(text) ?? (await parseYaml(text));
    if (config) return config;
    const shared = text.trim().match(/^["']?(@?[\w./-]+)["']?$/)?.[1];
    if (shared !== undefined) return sharedConfig(reader, dir, shared);
    reader.note(`${join(dir, name)} does not parse. It was left out of account.`);
  }
  return undefined;
}

/** `"prettier": "@company/prettier-config"`: read when the package holds plain JSON. */
async function sharedConfig(
  reader: Reader,
  dir: string,
  name: string,
): Promise<JsonObject | undefined> {
  for (const at of upwards(dir)) {
    const path = join(at, 'node_modules', name);
    const json = await reader.optionalJson(join(path, 'package.json'));
    const main = asString(json?.['main']) ?? 'index.json';
    const config = main.endsWith('.json') ? await reader.optionalJson(join(path, main)) : undefined;
    if (config) return config;
  }
  reader.note(`The Prettier settings are in ${name}, which could not be read without running it.`);
  return undefined;
}

function fromPrettier(config: JsonObject, file: string): Partial<Style> {
  const overrides = Array.isArray(config['overrides']) ? config['overrides'].map(asObject) : [];
  const matching = overrides.filter(({ files, excludeFiles }) => {
    return matches(files, file) && !matches(excludeFiles, file);
  });
  const options = Object.assign({}, config, ...matching.map(({ options }) => asObject(options)));
  return prettierOptions(options);
}

/** Prettier's patterns without a slash match the base name at any depth. */
function matches(patterns: unknown, file: string): boolean {
  const list = Array.isArray(patterns) ? patterns : [patterns];
  return list.some(
    (pattern) =>
      typeof pattern === 'string' &&
      picomatch.isMatch(file, pattern, { basename: !pattern.includes('/'), dot: true }),
  );
}

function prettierOptions(options: JsonObject): Partial<Style> {
  const { tabWidth, printWidth, endOfLine, trailingComma } = options;
  const spaces = typeof tabWidth === 'number' ? { indent: tabWidth } : {};
  const tab = typeof tabWidth === 'number' ? { tabWidth } : {};
  return {
    ...(typeof options['singleQuote'] === 'boolean' && {
      quotes: options['singleQuote'] ? 'single' : 'double',
    }),
    ...(typeof options['semi'] === 'boolean' && { semicolons: options['semi'] }),
    ...(options['useTabs'] === true ? { indent: '\t', ...tab } : spaces),
    ...(endOfLine === 'lf' && { eol: '\n' }),
    ...(endOfLine === 'crlf' && { eol: '\r\n' }),
    ...((trailingComma === 'none' || trailingComma === 'es5' || trailingComma === 'all') && {
      trailingCommas: trailingComma,
    }),
    ...(typeof printWidth === 'number' && { printWidth }),
    ...(typeof options['bracketSpacing'] === 'boolean' && {
      bracketSpacing: options['bracketSpacing'],
    }),
    ...((options['arrowParens'] === 'avoid' || options['arrowParens'] === 'always') && {
      arrowParens: options['arrowParens'],
    }),
  };
}
