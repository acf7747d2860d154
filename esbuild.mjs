// Builds everything that the extension ships: `node esbuild.mjs [--production] [--watch] [--only=extension,cli,page,demos]`.
import { build, context } from 'esbuild';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { leanTsMorph } from './scripts/lib/lean-ts-morph.ts';

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

/** Modules that are loaded together stand in one chunk. */
const together = { 'src/wire/recipes.ts': 'wiring', 'src/wire/source.ts': 'wiring' };

/**
 * The modules that something imports dynamically, by the chunk that holds them. Such a chunk is a file of its own: CommonJS knows no
 * code splitting, and one file that holds both a small start and ts-morph costs 300 ms to parse even where ts-morph is not used.
 * @type {Map<string, Set<string>>}
 */
const chunks = new Map();

const lazyChunks = {
  name: 'lazy-chunks',
  setup(bundle) {
    bundle.onResolve({ filter: /.*/ }, ({ kind, path, resolveDir }) => {
      if (kind !== 'dynamic-import') return undefined;
      const module = path.startsWith('.') ? relative(root, resolve(resolveDir, path)) : path;
      const name = together[module] ?? module.replace(/^src\/|\.ts$/g, '').replaceAll('/', '-');
      chunks.set(name, (chunks.get(name) ?? new Set()).add(module));
      return { path: `./${name}.cjs`, external: true };
    });
    // `import()` of CommonJS reads the file a second time, to find its names: 70 ms of CPU for the wiring (Node 24). `require` does not.
    // The name in its place is as long, so that source maps stay true.
    bundle.onEnd(async () => {
      const { outfile = '' } = bundle.initialOptions;
      const text = await readFile(outfile, 'utf8');
      await writeFile(outfile, text.replaceAll('import("./', 'lazily("./'));
    });
  },
};

/** @type {import('esbuild').BuildOptions} */
const node = {
  ...common,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // jsonc-parser's CommonJS form is UMD, whose `require` esbuild cannot follow.
  mainFields: ['module', 'main'],
  plugins: [lazyChunks, leanTsMorph],
  // ES modules ask for their own place by `import.meta`; in the CommonJS bundle that is `__filename`.
  define: { 'import.meta.url': '__importMetaUrl', 'import.meta.dirname': '__dirname' },
  banner: {
    js: [
      "const __importMetaUrl = require('node:url').pathToFileURL(__filename).href;",
      // The command line has a loader of its own: src/cli/code-cache.ts.
      "const lazily = async (id) => (globalThis[Symbol.for('patternsmith.load')] ?? require)(require.resolve(id));",
    ].join('\n'),
  },
};

/** One module that re-exports all that a chunk is made from. */
function chunk(name) {
  const specifier = (module) => (module.startsWith('src/') ? `./${module}` : module);
  const lines = [...chunks.get(name)].map((module) => `export * from '${specifier(module)}';`);
  const stdin = { contents: lines.join('\n'), resolveDir: root, sourcefile: `${name}.ts` };
  return { ...node, stdin: { ...stdin, loader: 'ts' }, outfile: `dist/${name}.cjs` };
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
  const file = {
    patterns: values(catalog.patterns),
    engines: values(catalog.engines),
    adapters: values(catalog.adapters),
    kernel: values(catalog.kernel),
  };
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(root, 'dist/catalog.json'), JSON.stringify(file));
}

/** @type {Record<string, () => Promise<import('esbuild').BuildOptions> | import('esbuild').BuildOptions>} */
const bundles = {
  extension: () => ({
    ...node,
    entryPoints: ['src/extension.ts'],
    outfile: 'dist/extension.cjs',
    external: ['vscode'],
  }),
  cli: () => ({ ...node, entryPoints: ['src/cli.ts'], outfile: 'dist/cli.cjs' }),
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

async function run(options) {
  if (watch) await (await context(options)).watch();
  else await build(options);
}

const only = process.argv
  .find((argument) => argument.startsWith('--only='))
  ?.slice('--only='.length)
  .split(',');
// What an earlier build has left must not be shipped.
if (production) await rm(join(root, 'dist'), { recursive: true, force: true });
for (const [name, options] of Object.entries(bundles)) {
  if (!only || only.includes(name)) await run(await options());
}
if (!only || only.includes('extension')) await writeCatalog();
// Building a chunk may find further ones, which this loop then also sees.
for (const name of chunks.keys()) await run(chunk(name));
