import type { Named, Replacement, Specifier, Statement } from './syntax.ts';

/** A module's imports and exports, as CommonJS has them. */
export interface CommonJs {
  readonly edits: readonly Replacement[];
  /** Entries of `module.exports`, in the order of the file. */
  readonly exports: readonly string[];
}

/** The statement that ends the module; empty where it exports nothing. */
export const EXPORTS_AT_END = ({ exports }: CommonJs): string =>
  exports.length === 0 ? '' : `\nmodule.exports = { ${exports.join(', ')} };\n`;

/** @throws for an export that has no name */
export function commonJsOf(statements: readonly Statement[]): CommonJs {
  const edits: Replacement[] = [];
  const exports: string[] = [];
  for (const statement of statements) {
    const { type, start, end, declaration, source } = statement;
    const replace = (text: string, until = end) => edits.push({ start, end: until, text });
    if (type === 'ImportDeclaration' && source) {
      replace(required(statement.specifiers ?? [], quoted(source.value)));
    } else if (type === 'ExportNamedDeclaration' && declaration) {
      exports.push(...namesOf(declaration));
      replace('', declaration.start);
    } else if (type === 'ExportNamedDeclaration') {
      exports.push(...entriesOf(statement));
      replace('');
    } else if (type === 'ExportAllDeclaration' && source) {
      exports.push(`...require(${quoted(source.value)})`);
      replace('');
    } else if (type === 'ExportDefaultDeclaration') {
      throw new Error(
        'a default export has no form in CommonJS that reads like the module does: export it by a name',
      );
    }
  }
  return { edits, exports };
}

/** Modules that stay imported: other packages, and what tests share, which are ES modules as well. */
const IS_IMPORTED = /^[^.]|\.contract(?:\.js)?$/;

/** The edits by which an ES module requires the CommonJS modules of its own project, below all imports. */
export function requiringOf(statements: readonly Statement[]): readonly Replacement[] {
  const imports = statements.filter(({ type }) => type === 'ImportDeclaration');
  const isKept = ({ source }: Statement) => IS_IMPORTED.test(source?.value ?? '');
  const own = imports.filter((one) => !isKept(one));
  const kept = imports.filter(isKept);
  const last = kept.at(-1);
  if (own.length === 0) return [];
  // The runner, if nothing else.
  if (!last) throw new Error('a test imports nothing but its own project');
  const calls = own.map(({ specifiers, source }) =>
    required(specifiers ?? [], quoted(source?.value ?? '')),
  );
  const node = kept.findLast(({ source }) => source?.value.startsWith('node:')) ?? last;
  const after = ({ end }: Statement, text: string) => ({ start: end, end, text });
  return [
    // With the end of its line.
    ...own.map(({ start, end }) => ({ start, end: end + 1, text: '' })),
    after(last, ['\n\nconst require = createRequire(import.meta.url);', ...calls].join('\n')),
    after(node, "\nimport { createRequire } from 'node:module';"),
  ];
}

function required(specifiers: readonly Specifier[], module: string): string {
  const values = specifiers.filter(({ importKind }) => importKind !== 'type');
  const call = `require(${module})`;
  const whole = values
    .filter(({ type }) => type !== 'ImportSpecifier')
    .map(({ local }) => `const ${nameOf(local)} = ${call};`);
  const parts = values
    .filter(({ type }) => type === 'ImportSpecifier')
    .map(({ imported, local }) => entry(nameOf(imported ?? local), nameOf(local)));
  const named = parts.length > 0 ? [`const { ${parts.join(', ')} } = ${call};`] : [];
  return values.length === 0 ? `${call};` : [...whole, ...named].join('\n');
}

function namesOf(declaration: Statement): readonly string[] {
  const ids = declaration.declarations?.map(({ id }) => id) ?? [declaration.id];
  return ids.map((id) => {
    if (id?.name === undefined) throw new Error('what is exported needs a name of its own');
    return id.name;
  });
}

/** `export { a, b as c }`, from this module or another. */
function entriesOf({ specifiers = [], source }: Statement): readonly string[] {
  return specifiers
    .filter(({ exportKind }) => exportKind !== 'type')
    .map(({ type, local, exported }) => {
      if (!source) return entry(nameOf(exported ?? local), nameOf(local));
      const call = `require(${quoted(source.value)})`;
      const name = nameOf(exported ?? local);
      return type === 'ExportNamespaceSpecifier'
        ? `${name}: ${call}`
        : `${name}: ${call}.${nameOf(local)}`;
    });
}

const nameOf = ({ name, value }: Named): string => name ?? quoted(value ?? '');

const entry = (key: string, value: string): string => (key === value ? key : `${key}: ${value}`);

const quoted = (text: string): string => `'${text}'`;
