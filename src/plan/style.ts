import type { Style } from '../project/types.ts';
import { requote } from './quotes.ts';

/** What templates are written in: Prettier's defaults with single quotes. */
export const CANONICAL_STYLE: Style = {
  quotes: 'single',
  semicolons: true,
  indent: 2,
  eol: '\n',
  trailingCommas: 'all',
  printWidth: 80,
  bracketSpacing: true,
  arrowParens: 'always',
};

/** Scripts that Prettier formats; other text only takes the project's line ends. */
const SCRIPT = /\.[mc]?[jt]sx?$/;

/**
 * Text with `\n` line ends, as a template gives it, in the project's style.
 * @param canonical the text is in canonical style already, so that Prettier is needed only where the project's style moves tokens
 */
export async function applyStyle(
  text: string,
  path: string,
  style: Style,
  canonical: boolean,
): Promise<string> {
  const styled = SCRIPT.test(path) ? await styleScript(text, path, style, canonical) : text;
  return style.eol === '\r\n' ? styled.replaceAll('\n', '\r\n') : styled;
}

async function styleScript(
  text: string,
  path: string,
  style: Style,
  canonical: boolean,
): Promise<string> {
  if (!canonical || movesTokens(style)) return format(text, path, style);
  return style.quotes === CANONICAL_STYLE.quotes ? text : requote(text, style.quotes);
}

/** Whether the style differs from the canonical one in more than quotes and line ends, which leave each token where it is. */
export function movesTokens(style: Style): boolean {
  return (Object.keys(CANONICAL_STYLE) as (keyof Style)[]).some(
    (key) => key !== 'eol' && key !== 'quotes' && style[key] !== CANONICAL_STYLE[key],
  );
}

/** As Prettier has it; the line ends stay. Throws what Prettier throws on a syntax error. */
export async function format(text: string, path: string, style: Style): Promise<string> {
  const [{ format }, estree, babel] = await loadPrettier();
  return format(text, {
    parser: /\.[mc]?jsx?$/.test(path) ? 'babel' : 'babel-ts',
    // Without a name, Prettier writes `<T,>() => …` for the sake of TSX.
    filepath: path,
    plugins: [estree, babel],
    singleQuote: style.quotes === 'single',
    semi: style.semicolons,
    useTabs: style.indent === '\t',
    tabWidth: style.indent === '\t' ? (style.tabWidth ?? 2) : style.indent,
    trailingComma: style.trailingCommas,
    printWidth: style.printWidth,
    bracketSpacing: style.bracketSpacing,
    arrowParens: style.arrowParens,
    endOfLine: 'auto',
  });
}

/**
 * Only when it is needed: it is the most expensive thing in planning. Prettier's Babel parser instead of its TypeScript parser, which gives the same text (check:rendered holds it to
 * that): bundled and minified 0.62 MB against 1.21 MB, loaded in 0.6 of the time (46 against 75 ms), and the first two files formatted in 0.5 of it (70 against 140 ms).
 */
function loadPrettier() {
  return Promise.all([
    import('prettier/standalone'),
    import('prettier/plugins/estree'),
    import('prettier/plugins/babel'),
  ]);
}
