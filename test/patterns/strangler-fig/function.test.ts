/** A method and a function that `add` has put between an old and a new side, as the user's project runs them. */
import { deepEqual, equal, ok, rejects } from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setImmediate } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { after, before, describe, it } from 'mocha';
import { applyToDisk, createEngine, diskFiles } from '../../../src/engine.ts';

const SOURCE = `import type { Invoice } from './invoice.ts';

export class Invoices {
  readonly #from = 'old';

  async loadInvoice(id: string): Promise<Invoice> {
    if (id === 'none') throw new Error('no such invoice');
    return { id, from: this.#from };
  }
}

export const paid: string[] = [];

export async function payInvoice(userId: string, cents: number): Promise<void> {
  paid.push(\`old \${userId} \${cents}\`);
}
`;

const FILES: Readonly<Record<string, string>> = {
  'package.json': JSON.stringify({ name: 'shop', type: 'module', engines: { node: '>=22' } }),
  'tsconfig.json': JSON.stringify({
    compilerOptions: {
      module: 'nodenext',
      strict: true,
      noEmit: true,
      allowImportingTsExtensions: true,
    },
    include: ['src'],
  }),
  'src/invoice.ts': 'export interface Invoice { readonly id: string; readonly from: string }\n',
  'src/invoices.ts': SOURCE,
};

interface Invoice {
  readonly id: string;
  readonly from: string;
}

interface Users {
  readonly Invoices: new () => { loadInvoice(id: string): Promise<Invoice> };
  readonly payInvoice: (userId: string, cents: number) => Promise<void>;
  readonly paid: string[];
}

interface Strangler {
  setRollout(rollout: string, step: object, decision: object): Promise<unknown>;
  side(rollout: string, key: string): 'old' | 'new';
  status(rollout: string): {
    readonly answers: { readonly old: number; readonly new: number };
    readonly fallbacks: number;
    readonly comparisons: Readonly<Record<string, number>>;
  };
  close(): Promise<void>;
}

const by = { by: 'ann', reason: 'test', force: true };
const ids = Array.from({ length: 60 }, (_, n) => `i${n}`);

/** A project with both scaffolded; `edit` is what its owner does to the instance files. */
async function scaffolded(edit: (text: string) => string) {
  const root = mkdtempSync(join(tmpdir(), 'patternsmith-function-'));
  for (const [path, text] of Object.entries(FILES)) {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  const engine = createEngine({ templatesDir: join(import.meta.dirname, '../../../templates') });
  for (const [name, symbol] of [
    ['load', 'Invoices.loadInvoice'],
    ['pay', 'payInvoice'],
  ] as const) {
    const request = { pattern: 'strangler-fig', name, target: `src/invoices.ts:${symbol}` };
    const plan = await engine.plan(request, diskFiles(root));
    equal(plan.wiring[0]?.status, 'wired', JSON.stringify(plan.wiring));
    await applyToDisk(root, plan);
    const path = join(root, `src/patterns/${name}-feature.ts`);
    writeFileSync(path, edit(readFileSync(path, 'utf8')));
  }
  const load = async (path: string) =>
    (await import(pathToFileURL(join(root, path)).href)) as Record<string, unknown>;
  const strangler = async (name: string) =>
    (await load(`src/patterns/${name}-feature.ts`))[`${name}Strangler`] as Strangler;
  const [loads, pays] = [await strangler('load'), await strangler('pay')];
  const users = (await load('src/invoices.ts')) as unknown as Users;
  const end = async () => {
    await Promise.all([loads.close(), pays.close()]);
    rmSync(root, { recursive: true, force: true });
  };
  return { users, loads, pays, end };
}

describe('a function between two sides, the new one not written', () => {
  let made: Awaited<ReturnType<typeof scaffolded>>;
  before(async () => (made = await scaffolded((text) => text)));
  after(() => made.end());

  it('SF-5 answers as before, and fails as before', async () => {
    const invoices = new made.users.Invoices();
    deepEqual(await invoices.loadInvoice('i1'), { id: 'i1', from: 'old' });
    await rejects(invoices.loadInvoice('none'), { message: 'no such invoice' });
    await made.users.payInvoice('ann', 5);
    deepEqual(made.users.paid.splice(0), ['old ann 5']);
    equal(made.loads.status('load').answers.new, 0);
  });

  it('SF-4 the old side answers what is routed to the new one, a write as well: nothing has run', async () => {
    const { users, loads, pays } = made;
    await loads.setRollout('load', { stage: 'canary', percent: 50 }, by);
    await pays.setRollout('pay', { stage: 'canary', percent: 50 }, by);
    await pays.setRollout('pay', { stage: 'new' }, by);
    const invoices = new users.Invoices();
    for (const id of ids) deepEqual(await invoices.loadInvoice(id), { id, from: 'old' });
    ok(loads.status('load').fallbacks > 0);
    await users.payInvoice('ann', 7);
    deepEqual(users.paid.splice(0), ['old ann 7']);
    equal(pays.status('pay').fallbacks, 1);
  });
});

describe('a function between two sides, the new one written', () => {
  let made: Awaited<ReturnType<typeof scaffolded>>;
  before(async () => {
    made = await scaffolded((text) =>
      text
        .replace(
          /(loadNew[^;]*?) = async \(\) => \{[^]*?\n\};/,
          "$1 = async (id) => ({ id, from: 'new' });",
        )
        .replace(
          /(payNew[^;]*?) = async \(\) => \{[^]*?\n\};/,
          "$1 = async () => { throw new Error('timed out'); };",
        ),
    );
  });
  after(() => made.end());

  it('SF-5 SF-6 compares without a change to the answer', async () => {
    const { users, loads } = made;
    await loads.setRollout('load', { stage: 'shadow' }, by);
    const invoices = new users.Invoices();
    const compared = () => {
      const { match, mismatch, candidateError, candidateTimeout, dropped } =
        loads.status('load').comparisons;
      return { match, mismatch, failed: [candidateError, candidateTimeout, dropped] };
    };
    // A tenth is compared, by chance.
    while ((compared().mismatch ?? 0) === 0) {
      deepEqual(await invoices.loadInvoice('i1'), { id: 'i1', from: 'old' });
      await setImmediate();
    }
    deepEqual(compared().failed, [0, 0, 0]);
    equal(compared().match, 0);
  });

  it('SF-1 SF-2 a key stays on its side, and more keys only move to the new one', async () => {
    const { users, loads } = made;
    const invoices = new users.Invoices();
    let before = new Set<string>();
    for (const percent of [20, 60]) {
      await loads.setRollout('load', { stage: 'canary', percent }, by);
      const now = new Set<string>();
      for (const id of ids) {
        const { from } = await invoices.loadInvoice(id);
        equal(from, loads.side('load', id));
        equal((await invoices.loadInvoice(id)).from, from);
        if (from === 'new') now.add(id);
      }
      ok(now.size > before.size && [...before].every((id) => now.has(id)));
      before = now;
    }
    await loads.setRollout('load', { stage: 'old' }, by);
    equal((await invoices.loadInvoice('i1')).from, 'old');
  });

  it('SF-4 a write that may have run is not run by the old side', async () => {
    const { users, pays } = made;
    await pays.setRollout('pay', { stage: 'canary', percent: 50 }, by);
    await pays.setRollout('pay', { stage: 'new' }, by);
    await rejects(users.payInvoice('ann', 5), { message: 'timed out' });
    deepEqual(users.paid, []);
  });
});
