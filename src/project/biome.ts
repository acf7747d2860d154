import { asObject, asStrings, type JsonObject } from './json.ts';
import { join, type Reader } from './reader.ts';
import type { Style } from './types.ts';

export interface BiomeFindings {
  readonly usesEditorConfig: boolean;
  readonly style: Partial<Style>;
}

/** The nearest biome.json whose formatter is not switched off; undefined when there is none. */
export async function biomeStyle(
  reader: Reader,
  dirs: readonly string[],
): Promise<BiomeFindings | undefined> {
  for (const dir of dirs) {
    for (const name of ['biome.json', 'biome.jsonc', '.biome.json', '.biome.jsonc']) {
      const config = await reader.optionalJson(join(dir, name));
      if (config) return fromBiome(await withExtends(reader, dir, config));
    }
  }
  return undefined;
}

/** One level of `extends` by relative path; later files win, the file itself most. */
async function withExtends(
  reader: Reader,
  dir: string,
  config: JsonObject,
): Promise<readonly JsonObject[]> {
  const paths = asStrings(config['extends']).filter((path) => path.startsWith('.'));
  const bases = await Promise.all(paths.map((path) => reader.optionalJson(join(dir, path))));
  return [...bases.filter((base) => base !== undefined), config];
}

function fromBiome(configs: readonly JsonObject[]): BiomeFindings | undefined {
  const general = Object.assign({}, ...configs.map((config) => asObject(config['formatter'])));
  const forScripts = configs.map((config) => asObject(asObject(config['javascript'])['formatter']));
  const options: JsonObject = Object.assign({}, general, ...forScripts);
  if (options['enabled'] === false) return undefined;
  return { usesEditorConfig: general['useEditorconfig'] === true, style: styleOf(options) };
}

function styleOf(options: JsonObject): Partial<Style> {
  const { indentStyle, indentWidth, lineWidth, lineEnding } = options;
  const { quoteStyle, semicolons, trailingCommas, arrowParentheses, bracketSpacing } = options;
  return {
    ...(indentStyle === 'tab' && { indent: '\t' }),
    ...(indentStyle !== 'space' && typeof indentWidth === 'number' && { tabWidth: indentWidth }),
    ...(indentStyle === 'space' && { indent: typeof indentWidth === 'number' ? indentWidth : 2 }),
    ...(typeof lineWidth === 'number' && { printWidth: lineWidth }),
    ...(lineEnding === 'lf' && { eol: '\n' }),
    ...(lineEnding === 'crlf' && { eol: '\r\n' }),
    ...((quoteStyle === 'single' || quoteStyle === 'double') && { quotes: quoteStyle }),
    ...(semicolons === 'always' && { semicolons: true }),
    ...(semicolons === 'asNeeded' && { semicolons: false }),
    ...((trailingCommas === 'none' || trailingCommas === 'es5' || trailingCommas === 'all') && {
      trailingCommas,
    }),
    ...(arrowParentheses === 'always' && { arrowParens: 'always' }),
    ...(arrowParentheses === 'asNeeded' && { arrowParens: 'avoid' }),
    ...(typeof bracketSpacing === 'boolean' && { bracketSpacing }),
  };
}
