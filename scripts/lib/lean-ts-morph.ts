/**
 * ts-morph for the bundle, without what no recipe uses. The compiler comes as one CommonJS file that registers all of its services when it
 * starts, so that nothing of it can be left out and all of it is made at every start of the command line. Written as ES modules, with what
 * only registers itself marked as free of effects, esbuild leaves out what is never reached. Evaluating the bundle on Node 24, minified, in ms of CPU:
 *
 *                            first time   from the compile cache    size
 *   as it comes                     440                      270   7.2 MB
 *   lean                            150                       62   3.1 MB
 *
 * What is rewritten is the form of three files of exact versions; anything that does not look as expected fails the build.
 * `test/unit/wire/bundle.test.ts` holds the result to every golden case.
 */
import { readFile } from 'node:fs/promises';
import type { Plugin } from 'esbuild';

/** Functions that lead to what no recipe uses, with what is left of them. */
const CUTS = {
  compiler: {
    // Every `Project` makes one, and only asks it what no recipe does.
    createLanguageService: 'return undefined;',
    emitFiles: "throw new Error('Writing programs out is not in this bundle');",
    getTransformers: "throw new Error('Writing programs out is not in this bundle');",
  },
  common: { getLibFiles: "throw new Error('The library types are not in this bundle');" },
};

export const leanTsMorph: Plugin = {
  name: 'lean-ts-morph',
  setup({ onLoad }) {
    const rewrite = (filter: RegExp, to: (text: string) => string): void =>
      onLoad({ filter }, async ({ path }) => ({ contents: to(await readFile(path, 'utf8')) }));
    rewrite(/@ts-morph[\\/]common[\\/]dist[\\/]typescript\.js$/, compiler);
    rewrite(/@ts-morph[\\/]common[\\/]dist[\\/]ts-morph-common\.js$/, common);
    rewrite(/[\\/]ts-morph[\\/]dist[\\/]ts-morph\.js$/, tsMorph);
  },
};

function compiler(source: string): string {
  let text = source.replaceAll('\r\n', '\n');
  text = replaced(text, /^[^]*?^var ts = \{\}; \(\(module\) => \{\n"use strict";\n/m, '');
  text = replaced(text, /^\/\/ Annotate the CommonJS export names for ESM import[^]*/m, '');
  let exported = '';
  text = replaced(
    text,
    /^__export\(typescript_exports, \{\n([^]*?)\n\}\);\nmodule\.exports = .*;\n/m,
    (_, entries) => {
      exported = replaced(entries, /^ {2}(\w+): \(\) => (\w+)/gm, '  $2 as $1');
      return '';
    },
  );
  // Each of these holds on to a part of the services.
  text = replaced(
    text,
    /^var (\w+) = \{\};\n__export\(\1, (\{\n[^]*?\n\})\);$/gm,
    'var $1 = /* @__PURE__ */ __namespace($2);',
  );
  text = replaced(text, /^(?=registerCodeFix\(|registerRefactor\()/gm, '/* @__PURE__ */ ');
  text = replaced(
    text,
    /^var (\w+);\n\(\((\w+)\) => \{\n([^]*?)\n\}\)\(\1 \|\| \(\1 = \{\}\)\);$/gm,
    'var $1 = /* @__PURE__ */ (($2) => {\n$3\n  return $2;\n})({});',
  );
  // Constants of the language server's classes.
  text = replaced(
    text,
    /^_(?:AutoImportProviderProject|ProjectService|ScriptVersionCache|TypingsInstallerAdapter)\.\w+ = (?:\{[^]*?\n\}|.*?);$/gm,
    '',
  );
  const namespace = 'var __namespace = (all) => { var to = {}; __export(to, all); return to; };';
  return `${namespace}\n${cut(text, CUTS.compiler)}\nexport {\n${exported}\n};\n`;
}

function common(source: string): string {
  let text = source.replaceAll('\r\n', '\n');
  text = replaced(
    text,
    "var ts = require('./typescript');",
    "import * as ts from './typescript.js';",
  );
  text = replaced(text, 'var ts__namespace = /*#__PURE__*/_interopNamespaceCompat(ts);', '');
  // The compiler as a value would keep all of it.
  text = replaced(text, 'exports.ts = ts__namespace;', '');
  text = replaced(text, /\bts__namespace\b/g, 'ts');
  return asEsModule(cut(text, CUTS.common));
}

function tsMorph(source: string): string {
  let text = source.replaceAll('\r\n', '\n');
  text = replaced(
    text,
    "var common = require('@ts-morph/common');",
    "import * as common from '@ts-morph/common';\nimport * as ts from '../../@ts-morph/common/dist/typescript.js';",
  );
  text = replaced(
    text,
    /^Object\.defineProperty\(exports, "ts", \{\n.*\n.*return common\.ts; \}\n\}\);/m,
    '',
  );
  return asEsModule(replaced(text, /\bcommon\.ts\./g, 'ts.'));
}

/** CommonJS as Rollup writes it. */
function asEsModule(source: string): string {
  const names: string[] = [];
  const named = (name: string, local: string): string => {
    names.push(`${local} as ${name}`);
    return '';
  };
  let text = replaced(source, "'use strict';", '');
  text = replaced(text, /^var ([\w$]+) = require\(('[^']+')\);$/gm, 'import * as $1 from $2;');
  text = replaced(
    text,
    /^Object\.defineProperty\(exports, "(\w+)", \{\n.*\n.*return ([\w.]+); \}\n\}\);$/gm,
    (_, name, value) => `${named(name, `$of_${name}`)}const $of_${name} = ${value};`,
  );
  // `export let` of a namespace or an enumeration.
  for (const [, name = ''] of text.matchAll(/^exports\.(\w+) = void 0;$/gm)) {
    text = replaced(text, `exports.${name} = void 0;`, `let $${name};`);
    text = replaced(text, new RegExp(`\\bexports\\.${name}\\b`, 'g'), `$${name}`);
    named(name, `$${name}`);
  }
  text = replaced(text, /^exports\.(\w+) = ([\w$]+);$/gm, (_, name, local) => named(name, local));
  return `${text}\nexport { ${names.join(', ')} };\n`;
}

/** Top-level functions of these names, with other bodies. */
function cut(text: string, bodies: Readonly<Record<string, string>>): string {
  return Object.entries(bodies).reduce(
    (left, [name, body]) =>
      replaced(
        left,
        new RegExp(`^function ${name}\\([^]*?^\\}$`, 'm'),
        `function ${name}() { ${body} }`,
      ),
    text,
  );
}

/** `text.replace`, of something that must be there. */
function replaced(
  text: string,
  what: RegExp | string,
  by: string | ((match: string, first: string, second: string) => string),
): string {
  const isThere = typeof what === 'string' ? text.includes(what) : text.search(what) >= 0;
  if (!isThere) throw new Error(`ts-morph has another form than expected: no ${String(what)}`);
  return typeof by === 'string' && typeof what === 'string'
    ? text.replace(what, () => by)
    : text.replace(what, by as string);
}
