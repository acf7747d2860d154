// Builds everything that the extension ships: `node esbuild.mjs [--production] [--watch] [--only extension,page]`.
import { context, build } from 'esbuild';
import { existsSync } from 'node:fs';
import { mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';

const root = import.meta.dirname;
const production = process.argv.includes('--production');
const watch = process.argv.includes('--watch');

/** @type {import('esbuild').BuildOptions} */
const common = {
  absWorkingDir: root,
  bundle: true,
  minify: production,
  sourcemap: production ? false : 'linked',
  logLevel: 'warning',
  legalComments: 'none',
};

/**
 * What a dynamic import loads is a file of its own: CommonJS knows no code splitting, and one file that holds both a small start and
 * ts-morph costs 300 ms to parse even where ts-morph is not used.
 */
const chunks = {
  'src/engine.ts': 'engine',
  'src/wire/recipes.ts': 'wiring',
  'src/wire/source.ts': 'wiring',
  'prettier/standalone': 'prettier',
  'prettier/plugins/estree': 'prettier-estree',
  'prettier/plugins/babel': 'prettier-babel',
};

const lazyChunks = {
  name: 'lazy-chunks',
  setup(bundle) {
    bundle.onResolve({ filter: /.*/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const key = path.startsWith('.') ? relative(root, resolve(resolveDir, path)) : path;
      return chunks[key] ? { path: `./${chunks[key]}.cjs`, external: true } : undefined;
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  // jsonc-parser's CommonJS form is UMD, whose `require` esbuild cannot follow.
  mainFields: ['module', 'main'],
  target: 'node20',
  format: 'cjs',
  // The `main` of some packages is UMD, whose requires a bundler cannot see.
  mainFields: ['module', 'main'],
  outExtension: { '.js': '.cjs' },
  outdir: 'dist',
  plugins: [lazyChunks],
  // A CommonJS file in VS Code's extension host loads its neighbours by `require`.
  supported: { 'dynamic-import': false },
  // ES modules ask for their own place by `import.meta`; in the CommonJS bundle that is `__filename`.
  define: { 'import.meta.url': '__importMetaUrl', 'import.meta.dirname': '__dirname' },
  banner: { js: "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;" },
};

/** One module that re-exports all that a chunk is made from. */
function chunkEntry(name) {
  const modules = Object.keys(chunks).filter((key) => chunks[key] === name);
  const lines = modules.map(
    (key) => `export * from '${key.startsWith('src/') ? `./${key}` : key}';`,
  );
  return { contents: lines.join('\n'), resolveDir: root, sourcefile: `${name}.ts`, loader: 'ts' };
}

/** A demo imports the rendered code by relative path, as if it stood in the output folder. */
const renderedCode = {
  name: 'rendered-code',
  setup(bundle) {
    bundle.onResolve({ filter: /^\.\.?\/.*\.js$/ }, (args) => {
      const importer = relative(join(root, 'templates/patterns'), args.importer);
      if (importer.startsWith('..')) return undefined;
      const path = join(root, '.rendered', args.path.replace(/\.js$/, '.ts'));
      return existsSync(path)
        ? { path }
        : { errors: [{ text: `${args.path} is not in .rendered/: run \`npm run render\` first` }] };
    });
  },
};

async function demos() {
  const patterns = join(root, 'templates/patterns');
  const entryPoints = (await readdir(patterns))
    .map((id) => ({ in: join(patterns, id, 'demo.ts'), out: id }))
    .filter((entry) => existsSync(entry.in));
  return {
    ...common,
    entryPoints,
    outdir: 'dist/demos',
    outExtension: { '.js': '.mjs' },
    format: 'esm',
    platform: 'neutral',
    target: 'es2023',
    plugins: [renderedCode],
  };
}

/** What the tree, the hover and the page show, readable without loading the engine. */
async function writeCatalog() {
  const { loadCatalog } = await import('./src/catalog/load.ts');
  const catalog = await loadCatalog(join(root, 'templates'));
  const values = (map) =>
    [...map.values()].map(({ folder, ...rest }) =>
      folder === undefined ? rest : { ...rest, folder: relative(root, folder) },
    );
  await mkdir(join(root, 'dist'), { recursive: true });
  const file = {
    patterns: values(catalog.patterns),
    engines: values(catalog.engines),
    adapters: values(catalog.adapters),
    kernel: values(catalog.kernel),
  };
  await writeFile(join(root, 'dist/catalog.json'), JSON.stringify(file));
}

/** @returns {import('esbuild').BuildOptions} */
function nodeChunk(name) {
  const { outExtension: _, outdir: __, ...options } = node;
  return { ...options, stdin: chunkEntry(name), outfile: `dist/${name}.cjs` };
}

/** @type {Record<string, () => Promise<import('esbuild').BuildOptions> | import('esbuild').BuildOptions>} */
const bundles = {
  extension: () => ({
    ...node,
    entryPoints: ['src/extension.ts'],
    external: ['vscode'],
  }),
  ...Object.fromEntries(
    [...new Set(Object.values(chunks))].map((name) => [name, () => nodeChunk(name)]),
  ),
  cli: () => ({ ...node, entryPoints: ['src/cli.ts'] }),
  page: () => ({
    ...common,
    entryPoints: [{ in: 'src/page/main.ts', out: 'page' }],
    outdir: 'dist/page',
    format: 'esm',
    platform: 'browser',
    target: 'es2023',
    loader: { '.ttf': 'file' },
  }),
  demos,
};

const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
const chosen = Object.entries(bundles).filter(([name]) => !only || only.includes(name));
if (!only) await rm(join(root, 'dist'), { recursive: true, force: true });
if (!only || only.includes('extension')) await writeCatalog();
for (const [, options] of chosen) {
  if (watch) await (await context(await options())).watch();
  else await build(await options());
}
