import ts from 'typescript';

const OPTIONS: ts.CompilerOptions = {
  strict: true,
  noUncheckedIndexedAccess: true,
  exactOptionalPropertyTypes: true,
  noUnusedLocals: true,
  verbatimModuleSyntax: true,
  isolatedModules: true,
  module: ts.ModuleKind.NodeNext,
  moduleResolution: ts.ModuleResolutionKind.NodeNext,
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2023.d.ts', 'lib.esnext.disposable.d.ts'],
  types: ['node'],
  skipLibCheck: true,
  noEmit: true,
};

/** Files of packages and of the language, which do not change between calls. */
const parsed = new Map<string, ts.SourceFile | undefined>();

/** Type errors of files that are held in memory, by path; a `package.json` makes them ESM. Packages come from node_modules. */
export function typeErrors(files: Readonly<Record<string, string>>): Record<string, string[]> {
  const root = `${process.cwd()}/memory`;
  const held = new Map(Object.entries(files).map(([path, text]) => [`${root}/${path}`, text]));
  held.set(`${root}/package.json`, '{ "type": "module" }');
  const host = ts.createCompilerHost(OPTIONS);
  const { readFile, fileExists, getSourceFile } = host;
  host.readFile = (path) => held.get(path) ?? readFile(path);
  host.fileExists = (path) => held.has(path) || fileExists(path);
  host.directoryExists = (path) => path.startsWith(root) || ts.sys.directoryExists(path);
  host.getSourceFile = (path, languageVersion, ...rest) => {
    const text = held.get(path);
    if (text !== undefined) return ts.createSourceFile(path, text, languageVersion);
    if (!parsed.has(path)) parsed.set(path, getSourceFile(path, languageVersion, ...rest));
    return parsed.get(path);
  };
  const roots = [...held.keys()].filter((path) => path.endsWith('.ts'));
  const program = ts.createProgram(roots, OPTIONS, host);
  const errors: Record<string, string[]> = {};
  for (const diagnostic of ts.getPreEmitDiagnostics(program)) {
    const path = diagnostic.file?.fileName.replace(`${root}/`, '') ?? '';
    const text = ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ');
    (errors[path] ??= []).push(`TS${diagnostic.code} ${text}`);
  }
  return errors;
}
