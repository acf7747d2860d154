import { deepEqual, equal, ok } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { format } from 'prettier';
import ts from 'typescript';
import { applyEdits, inverse } from '../../../src/wire/recorder.ts';
import { recipes } from '../../../src/wire/recipes.ts';
import { parse, syntaxProblems } from '../../../src/wire/source.ts';
import type { InstanceRef, WiringOutcome } from '../../../src/wire/types.ts';
import { contextOf, type WireCase } from '../../golden/wire-case.ts';
import { typeErrors } from './compile.ts';
import { formats, laidOut, optionsOf, styleOf, type Format } from './formats.ts';
import { samples, type Sample } from './wrap-loader-sources.ts';

const INSTANCE: InstanceRef = {
  path: 'src/patterns/user-cache.ts',
  camel: 'user',
  pascal: 'User',
  kebab: 'user',
};
const recipe = recipes.get('wrap-loader');

const caseOf = ({ symbol }: Sample, style: Format): WireCase => ({
  symbol,
  style: styleOf(style),
});

function wire(text: string, wireCase: WireCase): WiringOutcome {
  ok(recipe);
  const target = { file: { path: 'src/users.ts', text }, symbol: wireCase.symbol };
  return recipe.wire(target, contextOf(wireCase, INSTANCE));
}

function wired(text: string, wireCase: WireCase) {
  const outcome = wire(text, wireCase);
  equal(outcome.status, 'wired', JSON.stringify(outcome));
  ok(outcome.status === 'wired');
  return { outcome, after: applyEdits(text, outcome.edits) };
}

const sources = fc
  .tuple(samples, formats, fc.boolean())
  .map(([sample, style, bom]) => ({ sample, style, bom }));

const textOf = async ({ sample, style, bom }: { sample: Sample; style: Format; bom: boolean }) =>
  (bom ? '\uFEFF' : '') + (await format(sample.code, optionsOf(style)));

describe('wrapping a loader, on generated sources', () => {
  it('parses, has an inverse, and has nothing to do a second time', async () => {
    await fc.assert(
      fc.asyncProperty(sources, async (source) => {
        const text = await textOf(source);
        const wireCase = caseOf(source.sample, source.style);
        const { outcome, after } = wired(text, wireCase);
        equal(syntaxProblems(parse({ path: 'src/users.ts', text: after })).length, 0, after);
        equal(applyEdits(after, inverse(text, outcome.edits)), text);
        equal(wire(after, wireCase).status, 'already', after);
        equal(/(?<!\r)\n/.test(after), source.style.endOfLine === 'lf', 'one kind of line end');
      }),
      { numRuns: 30 },
    );
  });

  it('leaves a formatted file formatted', async () => {
    await fc.assert(
      fc.asyncProperty(sources, async (source) => {
        const text = await textOf(source);
        const { outcome } = wired(text, caseOf(source.sample, source.style));
        const after = await laidOut(text, outcome.edits, source.style);
        const formatted = await format(after, optionsOf(source.style));
        equal(after.replace(/^\uFEFF/, ''), formatted.replace(/^\uFEFF/, ''));
      }),
      { numRuns: 30 },
    );
  });

  it('finds the same facts before and after', async () => {
    await fc.assert(
      fc.asyncProperty(sources, async (source) => {
        ok(recipe);
        const text = await textOf(source);
        const wireCase = caseOf(source.sample, source.style);
        const { after } = wired(text, wireCase);
        const context = contextOf(wireCase, INSTANCE);
        const inspect = (of: string) =>
          recipe.inspect(
            { file: { path: 'src/users.ts', text: of }, symbol: wireCase.symbol },
            context,
          );
        deepEqual(inspect(after), { ...inspect(text), wired: true });
      }),
      { numRuns: 15 },
    );
  });

  it('compiles under the strictest options', () => {
    const all = fc.sample(samples, 40);
    const files: Record<string, string> = { ...STUBS };
    all.forEach((sample, index) => {
      files[`before${index}.ts`] = sample.code;
      files[`after${index}.ts`] = wired(sample.code, { symbol: sample.symbol }).after;
    });
    const errors = typeErrors(files);
    all.forEach((_, index) => {
      deepEqual(errors[`after${index}.ts`], errors[`before${index}.ts`], files[`after${index}.ts`]);
    });
    deepEqual(
      Object.keys(errors).filter((path) => path in STUBS),
      [],
    );
  });

  it('answers as before, call by call, and never from a stale copy', async () => {
    const calls = fc.array(
      fc.record({
        pick: fc.nat(),
        id: fc.constantFrom('a', 'b', 'none'),
        name: fc.constantFrom('x', 'y', ''),
      }),
      { minLength: 4, maxLength: 14 },
    );
    await fc.assert(
      fc.asyncProperty(samples, calls, async (sample, steps) => {
        const before = program(sample, sample.code);
        const after = program(sample, wired(sample.code, { symbol: sample.symbol }).after);
        for (const step of steps) {
          deepEqual(await after.step(step), await before.step(step), sample.code);
          for (const id of ['a', 'b', 'x']) {
            deepEqual(await after.load(id), await before.load(id), sample.code);
          }
        }
      }),
      { numRuns: 60 },
    );
  });
});

const STUBS: Readonly<Record<string, string>> = {
  'user.ts': 'export interface User { readonly id: string; readonly name: string }',
  'db.ts': `import type { User } from './user.js';
export declare const db: {
  find(id: string): Promise<User | undefined>;
  put(user: User): Promise<User>;
  drop(id: string): Promise<void>;
  query(sql: string, parameters: string[]): Promise<void>;
  audit(what: string): Promise<void>;
  refuse(name: string): Promise<boolean>;
  count(): number;
  transaction(work: (tx: typeof db) => Promise<unknown>): Promise<unknown>;
};`,
  // As the instance file of cache-aside declares it.
  'patterns/user-cache.ts': `import type { User } from '../user.js';
export declare function createUserCache(
  load: (key: string, signal: AbortSignal) => Promise<User | undefined>,
): {
  get(key: string, options?: { readonly signal?: AbortSignal }): Promise<User | undefined>;
  invalidate(key: string): Promise<void>;
  invalidateMany(keys: readonly string[]): Promise<void>;
};`,
};

type Step = { readonly pick: number; readonly id: string; readonly name: string };

/** Runs a source on a store and a cache of its own that never expires. */
function program({ writes, loader, holder }: Sample, code: string) {
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: { module: ts.ModuleKind.CommonJS, target: ts.ScriptTarget.ES2022 },
  });
  const modules: Record<string, unknown> = {
    './db.js': { db: store() },
    './patterns/user-cache.js': { createUserCache: cache },
  };
  const exports: Record<string, unknown> = {};
  const run = new Function('require', 'exports', outputText.replace(/^#!.*/, ''));
  run((name: string) => modules[name], exports);
  const Repository = exports['UserRepository'] as new () => object;
  const held = holder === 'object' ? exports['userRepository'] : exports;
  const target = (holder === 'class' ? new Repository() : held) as Record<
    string,
    (...args: readonly unknown[]) => Promise<unknown>
  >;
  const call = (name: string, args: readonly unknown[]) =>
    (target[name]?.(...args) ?? Promise.reject(new Error(`no ${name}`))).then(
      (value) => ({ value }),
      (error: Error) => ({ error: error.message }),
    );
  return {
    load: (id: string) => call(loader, [id]),
    step: ({ pick, id, name }: Step) => {
      const write = writes[pick % Math.max(1, writes.length)];
      return write ? call(write.name, write.call(id, name)) : call(loader, [id]);
    },
  };
}

type User = { readonly id: string; readonly name: string };

function store() {
  const users = new Map<string, User>();
  const later = async <T>(work: () => T): Promise<T> => {
    await Promise.resolve();
    return work();
  };
  const db = {
    find: (id: string) => later(() => users.get(id)),
    put: (user: User) => later(() => (users.set(user.id, user), user)),
    drop: (id: string) => later(() => void users.delete(id)),
    query: (_sql: string, [id]: string[]) => later(() => void users.delete(id ?? '')),
    audit: () => later(() => undefined),
    refuse: (name: string) =>
      later(() => {
        if (name === '') throw new Error('refused');
        return name === 'y';
      }),
    count: () => users.size,
    transaction: (work: (tx: unknown) => Promise<unknown>) => work(db),
  };
  return db;
}

function cache(load: (id: string, signal: AbortSignal) => Promise<User | undefined>) {
  const copies = new Map<string, User | undefined>();
  return {
    get: async (id: string) => {
      if (!copies.has(id)) copies.set(id, await load(id, new AbortController().signal));
      return copies.get(id);
    },
    invalidate: async (id: string) => void copies.delete(id),
    invalidateMany: async (ids: readonly string[]) => ids.forEach((id) => copies.delete(id)),
  };
}
