import jsTokens from 'js-tokens';

/** A token that is neither white space nor comment. */
export interface CodeToken {
  readonly kind: 'string' | 'template' | 'word' | 'number' | 'regex' | 'punctuator';
  readonly text: string;
  /** White space before it when it is the first on its line, else undefined. */
  readonly indent: string | undefined;
  /** White space, a comment or a line end stands directly before it. */
  readonly spaced: boolean;
  /** 0-based. */
  readonly line: number;
}

/** Enough to tell a style or an import; longer files are generated or data. In UTF-16 units. */
const MAX_SCANNED = 64 * 1024;

const KINDS: Readonly<Record<string, CodeToken['kind']>> = {
  StringLiteral: 'string',
  NoSubstitutionTemplate: 'template',
  TemplateHead: 'template',
  TemplateMiddle: 'template',
  TemplateTail: 'template',
  RegularExpressionLiteral: 'regex',
  IdentifierName: 'word',
  PrivateIdentifier: 'word',
  NumericLiteral: 'number',
  Punctuator: 'punctuator',
  Invalid: 'punctuator',
};

/** The code of a TypeScript source without its comments; a lexical scan, so broken code is scanned as well. */
export function codeTokens(source: string): readonly CodeToken[] {
  const tokens: CodeToken[] = [];
  let line = 0;
  let indent: string | undefined = '';
  let spaced = true;
  for (const token of jsTokens(source.slice(0, MAX_SCANNED).replace(/^\uFEFF/, ''))) {
    const kind = KINDS[token.type];
    if (kind) {
      tokens.push({ kind, text: token.value, indent, spaced, line });
      indent = undefined;
    } else if (token.type === 'LineTerminatorSequence') {
      indent = '';
    } else if (token.type === 'WhiteSpace' && indent !== undefined) {
      indent += token.value;
    } else if (token.type === 'MultiLineComment') {
      // A comment before the code of a line says nothing about the line's indent.
      indent = undefined;
    }
    spaced = !kind;
    line += token.value.match(/\r\n|[\n\r]/g)?.length ?? 0;
  }
  return tokens;
}

/** Module specifiers of `import … from`, `export … from`, `import '…'`, `import('…')` and `require('…')`, in order. */
export function moduleSpecifiers(tokens: readonly CodeToken[]): readonly string[] {
  return tokens.flatMap((token, index) => {
    if (token.kind !== 'string') return [];
    const before = tokens[index - 1]?.text;
    const call = before === '(' ? tokens[index - 2]?.text : undefined;
    const named =
      before === 'from' || before === 'import' || call === 'import' || call === 'require';
    return named ? [token.text.slice(1, -1)] : [];
  });
}
