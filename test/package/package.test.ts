import { deepEqual, equal, ok } from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, globSync, mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { zipEntries } from './zip-entries.ts';

const root = join(import.meta.dirname, '../..');
const vsix = join(root, '.artifacts/package/patternsmith.vsix');
const megabyte = 1024 * 1024;

interface Manifest {
  readonly main: string;
  readonly icon: string;
  readonly bin: Readonly<Record<string, string>>;
  readonly contributes: {
    readonly snippets: readonly { readonly path: string }[];
    readonly jsonValidation: readonly { readonly url: string }[];
    readonly viewsContainers: { readonly activitybar: readonly { readonly icon: string }[] };
  };
}

describe('the package', function () {
  this.timeout(300_000);
  let files: readonly string[];
  const manifest = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as Manifest;

  before(() => {
    execFileSync(process.execPath, ['scripts/package.ts', '--out', vsix], {
      cwd: root,
      stdio: ['ignore', 'ignore', 'inherit'],
    });
    files = zipEntries(readFileSync(vsix))
      .filter((path) => path.startsWith('extension/'))
      .map((path) => path.slice('extension/'.length))
      .sort();
  });

  it('is smaller than 3 MB', () => {
    const { size } = statSync(vsix);
    ok(size < 3 * megabyte, `${(size / megabyte).toFixed(2)} MB`);
  });

  it('starts small: what VS Code loads first is under 100 kB', () => {
    const { size } = statSync(join(root, 'dist/extension.cjs'));
    ok(size < 100 * 1024, `${size} bytes`);
  });

  it('holds these files and no others', () => {
    const fixed = files.filter((path) => !/^(templates|snippets|dist\/demos)\/|\.cjs$/.test(path));
    deepEqual(fixed, [
      'LICENSE.txt',
      'changelog.md',
      'dist/catalog.json',
      'dist/page/page.css',
      'dist/page/page.js',
      'media/activity.svg',
      'media/icon.png',
      'package.json',
      'package.nls.json',
      'readme.md',
      'src/catalog/schema/adapter.schema.json',
      'src/catalog/schema/common.schema.json',
      'src/catalog/schema/engine.schema.json',
      'src/catalog/schema/module.schema.json',
      'src/catalog/schema/pattern.schema.json',
    ]);
  });

  it('holds the two programs, each chunk that one of its files loads, and no other code', () => {
    const code = files.filter((path) => path.endsWith('.cjs'));
    const loaded = code.flatMap((path) =>
      [...readFileSync(join(root, path), 'utf8').matchAll(/\("\.\/([\w-]+\.cjs)"\)/g)].map(
        ([, name]) => `dist/${name}`,
      ),
    );
    deepEqual(code, [...new Set(['dist/cli.cjs', 'dist/extension.cjs', ...loaded])].sort());
    for (const path of ['dist/engine.cjs', 'dist/wiring.cjs']) ok(code.includes(path), path);
  });

  it('holds every template, page and manifest, and a demo for each pattern that has one', () => {
    const inRepository = (pattern: string) => globSync(pattern, { cwd: root }).sort();
    const packed = (prefix: string) => files.filter((path) => path.startsWith(prefix));
    deepEqual(
      packed('templates/'),
      [
        ...inRepository('templates/**/*.{hbs,json}'),
        ...inRepository('templates/patterns/*/page.md'),
      ].sort(),
    );
    deepEqual(
      packed('dist/demos/'),
      inRepository('templates/patterns/*/demo.ts')
        .map((path) => `dist/demos/${path.split('/')[2]}.mjs`)
        .sort(),
    );
  });

  it('holds every file that its manifest names', () => {
    const { main, icon, bin, contributes } = manifest;
    const named = [
      main,
      icon,
      ...Object.values(bin),
      ...contributes.snippets.map(({ path }) => path),
      ...contributes.jsonValidation.map(({ url }) => url),
      ...contributes.viewsContainers.activitybar.map((container) => container.icon),
    ].map((path) => path.replace(/^\.\//, ''));
    deepEqual(
      named.filter((path) => !files.includes(path)),
      [],
    );
  });

  it('names a text for every placeholder of the manifest, and none besides', () => {
    const texts = JSON.parse(readFileSync(join(root, 'package.nls.json'), 'utf8')) as object;
    const used = [...JSON.stringify(manifest).matchAll(/"%([\w.]+)%"/g)].map(([, key]) => key);
    deepEqual(Object.keys(texts).sort(), [...new Set(used)].sort());
  });

  it('runs each of its commands, at first and with the bytecode that the first run has kept', () => {
    const home = mkdtempSync(join(tmpdir(), 'patternsmith-home-'));
    const shop = join(home, 'shop');
    cpSync(join(root, 'examples/shop'), shop, {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)$/.test(path),
    });
    const cache = join(home, 'cache');
    const run = (...args: readonly string[]): string =>
      execFileSync(process.execPath, [join(root, manifest.bin['patternsmith']!), ...args], {
        cwd: shop,
        encoding: 'utf8',
        maxBuffer: 16 * megabyte,
        env: { ...process.env, XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '' },
        stdio: ['ignore', 'pipe', 'inherit'],
      });
    const target = 'src/users/user-repository.ts:UserRepository.findById';
    try {
      for (let round = 0; round < 2; round++) {
        equal((JSON.parse(run('list', '--json')) as unknown[]).length, 31);
        ok(run('demo', 'cache-aside', '--json').includes('"figures"'));
        run('add', 'cache-aside', '--target', target, '--yes');
        ok(run('status').includes('clean'));
        run('switch', 'user', '--engine', 'redis', '--yes');
        run('update', '--yes');
        run('remove', 'user', '--yes');
        equal(existsSync(join(shop, '.patternsmith')), false);
        run('eject', 'cache-aside');
        ok(run('plan', 'cache-aside', '--json').includes('"cache-aside/user"'));
        rmSync(join(shop, '.patternsmith'), { recursive: true });
        ok(existsSync(join(cache, 'patternsmith')));
      }
    } finally {
      rmSync(home, { recursive: true, force: true });
    }
  });
});
