import { codeTokens, type CodeToken } from './tokens.ts';
import type { Style } from './types.ts';

/** Votes for the values of each style field; zero votes mean that the text does not show it. */
export type StyleEvidence = {
  readonly [Field in Exclude<keyof Style, 'printWidth' | 'tabWidth'>]: Map<Style[Field], number>;
} & {
  /** Lengths of the lines that a formatter could have broken, in characters. */
  readonly widths: number[];
  /** Multi-line lists in round brackets: only `all` ends them with a comma. */
  readonly argumentCommas: Map<boolean, number>;
};

interface Bracket {
  readonly open: CodeToken;
  /** Indent of the line on which it stands. */
  readonly lineIndent: string;
  /** A comma that ends a line stands directly in it. */
  listed: boolean;
  /** The element that is being read begins with `...`: a comma may be forbidden after it. */
  rest: boolean;
}

const STATEMENT_STARTS = new Set(
  (
    'import export const let var function class return if for while do throw await type interface ' +
    'async try switch abstract enum declare public private protected readonly static'
  ).split(' '),
);
/** Words whose round brackets are followed by a statement. */
const CONDITIONS = new Set(['if', 'for', 'while', 'await', 'with']);
const OPENERS = new Set(['{', '(', '[']);
const CLOSERS = new Set(['}', ')', ']']);

/** What one source text shows. Strings, templates and comments are tokens of their own and so mislead nothing. */
export function styleEvidence(text: string): StyleEvidence {
  const evidence: StyleEvidence = {
    quotes: new Map(),
    semicolons: new Map(),
    indent: new Map(),
    eol: new Map(),
    trailingCommas: new Map(),
    argumentCommas: new Map(),
    bracketSpacing: new Map(),
    arrowParens: new Map(),
    widths: [],
  };
  const tokens = codeTokens(text);
  countLineEnds(text, evidence);
  tokens.forEach((token, index) => {
    countQuotes(token, evidence);
    countSemicolons(tokens, index, evidence);
    countArrows(tokens, index, evidence);
  });
  countBrackets(tokens, evidence);
  measure(text, tokens, evidence);
  return evidence;
}

function vote<Value>(votes: Map<Value, number>, value: Value): void {
  votes.set(value, (votes.get(value) ?? 0) + 1);
}

function countLineEnds(text: string, { eol }: StyleEvidence): void {
  for (const end of text.matchAll(/\r?\n/g)) vote(eol, end[0] === '\n' ? '\n' : '\r\n');
}

/** A string that holds the other quote was given its own because of that. */
function countQuotes({ kind, text }: CodeToken, { quotes }: StyleEvidence): void {
  if (kind !== 'string') return;
  const quote = text.startsWith("'") ? 'single' : 'double';
  if (!text.includes(quote === 'single' ? '"' : "'")) vote(quotes, quote);
}

/** Looks at each line's last token: a `;`, or the end of a value where the next line begins a statement. */
function countSemicolons(
  tokens: readonly CodeToken[],
  index: number,
  { semicolons }: StyleEvidence,
): void {
  const token = tokens[index];
  const next = tokens[index + 1];
  if (!token || (next && next.indent === undefined)) return;
  if (token.text === ';') return vote(semicolons, true);
  const endsValue = token.kind !== 'punctuator' || token.text === ')' || token.text === ']';
  const startsStatement = !next || (next.kind === 'word' && STATEMENT_STARTS.has(next.text));
  const isKeyword = token.kind === 'word' && STATEMENT_STARTS.has(token.text);
  if (endsValue && startsStatement && !isKeyword && !isHead(tokens, index)) vote(semicolons, false);
}

/** `if (ready)` and `@Injectable()` end a line without ending a statement. */
function isHead(tokens: readonly CodeToken[], index: number): boolean {
  let at = index;
  if (tokens[index]?.text === ')') {
    for (let depth = 0; at >= 0; at--) {
      const text = tokens[at]?.text ?? '';
      if (CLOSERS.has(text)) depth++;
      if (OPENERS.has(text) && --depth === 0) break;
    }
    if (CONDITIONS.has(tokens[--at]?.text ?? '')) return true;
  }
  while (tokens[at - 1]?.text === '.') at -= 2;
  return tokens[at - 1]?.text === '@';
}

function countArrows(
  tokens: readonly CodeToken[],
  index: number,
  { arrowParens }: StyleEvidence,
): void {
  if (tokens[index]?.text !== '=>') return;
  const before = tokens[index - 1];
  if (before?.kind === 'word') {
    // `a => b`, but not the return type of `(a): B => b`, nor a function type after a colon.
    const stands = tokens[index - 2]?.text;
    if (stands === '(' || stands === '=' || stands === ',') vote(arrowParens, 'avoid');
  } else if (
    before?.text === ')' &&
    tokens[index - 2]?.kind === 'word' &&
    tokens[index - 3]?.text === '('
  ) {
    vote(arrowParens, 'always');
  }
}

/** Indent, trailing commas and bracket spacing follow from how brackets open and close. */
function countBrackets(tokens: readonly CodeToken[], evidence: StyleEvidence): void {
  const open: Bracket[] = [];
  let lineIndent = '';
  tokens.forEach((token, index) => {
    const next = tokens[index + 1];
    const endsLine = next?.indent !== undefined;
    const { kind, text } = token;
    // A substitution in a template is a bracket as well.
    if (kind === 'template' && text.startsWith('}')) open.pop();
    if (CLOSERS.has(text)) {
      const bracket = open.pop();
      if (bracket) countTrailingComma(tokens, index, bracket, evidence);
    }
    lineIndent = token.indent ?? lineIndent;
    if (OPENERS.has(text)) {
      open.push({ open: token, lineIndent, listed: false, rest: next?.text === '...' });
      if (endsLine) countIndent(lineIndent, next.indent, next, evidence);
      else if (text === '{' && next && next.text !== '}')
        vote(evidence.bracketSpacing, next.spaced);
    }
    if (kind === 'template' && text.endsWith('${'))
      open.push({ open: token, lineIndent, listed: false, rest: false });
    const top = open.at(-1);
    if (text !== ',' || !top) return;
    top.listed ||= endsLine;
    top.rest = next?.text === '...';
  });
}

function countIndent(
  outer: string,
  inner: string,
  first: CodeToken,
  { indent }: StyleEvidence,
): void {
  if (CLOSERS.has(first.text) || !inner.startsWith(outer)) return;
  const step = inner.slice(outer.length);
  if (step.startsWith('\t')) vote(indent, '\t');
  else if (step.length > 0 && step.length <= 8) vote(indent, step.length);
}

function countTrailingComma(
  tokens: readonly CodeToken[],
  index: number,
  bracket: Bracket,
  { trailingCommas, argumentCommas }: StyleEvidence,
): void {
  const last = tokens[index - 1];
  if (tokens[index]?.indent === undefined || !bracket.listed || !last || last.text === ';') return;
  const trailing = last.text === ',';
  if (bracket.rest && !trailing) return;
  if (bracket.open.text === '(') vote(argumentCommas, trailing);
  else vote(trailingCommas, trailing ? 'es5' : 'none');
}

/** Lines that hold only words and punctuation; a string or a template cannot be broken, so its line proves nothing. */
function measure(text: string, tokens: readonly CodeToken[], { widths }: StyleEvidence): void {
  const fixed = new Set<number>();
  const code = new Set<number>();
  for (const token of tokens) {
    code.add(token.line);
    if (token.kind === 'string' || token.kind === 'template' || token.kind === 'regex') {
      fixed.add(token.line);
    }
  }
  text.split(/\r?\n/).forEach((line, at) => {
    if (code.has(at) && !fixed.has(at) && !line.includes('//')) widths.push(line.length);
  });
}
