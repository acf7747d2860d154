import { deepEqual, equal, match } from 'node:assert/strict';
import { cp, mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { applyToDisk, createEngine, diskFiles } from '../../../../src/engine.ts';
import type { ScaffoldRequest } from '../../../../src/plan/types.ts';
import { remove, treeOf } from '../support/disk.ts';
import { removeFrom, switchIn, updateIn } from '../support/engine.ts';

const ROOT = join(import.meta.dirname, '../../../..');

/** What the sample's README says to try, and the proxy in front of it. */
const REQUESTS: Readonly<Record<string, ScaffoldRequest>> = {
  'cache-aside/user': {
    pattern: 'cache-aside',
    name: 'user',
    target: 'src/users/user-repository.ts:UserRepository.findById',
  },
  'competing-consumers/confirmation': {
    pattern: 'competing-consumers',
    name: 'confirmation',
    target: 'src/orders/order-mails.ts:OrderMails.sendConfirmation',
  },
  'strangler-fig/invoices': {
    pattern: 'strangler-fig',
    name: 'invoices',
    target: 'src/app.ts:app',
  },
  'strangler-fig/order': {
    pattern: 'strangler-fig',
    name: 'order',
    target: 'src/orders/order-service.ts:OrderService.find',
  },
};

/** The patterns that come with the product, in the sample shop. */
describe('the patterns in the sample shop', () => {
  const by = createEngine({ templatesDir: join(ROOT, 'templates') });
  let root = '';
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'patternsmith-'));
    await cp(join(ROOT, 'examples/shop'), root, {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path),
    });
  });
  afterEach(() => remove(root));

  const add = async (instance: string, also: Partial<ScaffoldRequest> = {}): Promise<void> => {
    const plan = await by.plan({ ...REQUESTS[instance]!, ...also }, diskFiles(root));
    equal(plan.instance, instance);
    equal(plan.wiring[0]?.status, 'wired');
    await applyToDisk(root, plan);
  };
  const text = (path: string): Promise<string> => readFile(join(root, path), 'utf8');

  for (const [how, order] of Object.entries({
    'the last first': Object.keys(REQUESTS).toReversed(),
    'the first first': Object.keys(REQUESTS),
  })) {
    it(`are added and removed, ${how}, and every byte is as it was`, async () => {
      const trees = [await treeOf(root)];
      for (const instance of Object.keys(REQUESTS)) {
        await add(instance);
        trees.push(await treeOf(root));
      }
      deepEqual(
        (await updateIn(root, by)).files.filter(({ action }) => action !== 'same'),
        [],
      );
      for (const instance of order) {
        const { warnings, wiring } = await removeFrom(root, instance, { by });
        deepEqual(warnings, []);
        deepEqual(
          wiring.filter(({ status }) => status !== 'unwired'),
          [],
        );
      }
      deepEqual(await treeOf(root), trees[0]);
    });
  }

  for (const [instance, engines] of Object.entries({
    'cache-aside/user': ['redis'],
    'competing-consumers/confirmation': ['redis', 'rabbitmq'],
  })) {
    for (const engine of engines) {
      it(`${instance} moves to ${engine} and back`, async () => {
        const untouched = await treeOf(root);
        await add(instance);
        const before = await treeOf(root);
        const manifest = await text('package.json');
        const there = await switchIn(root, instance, engine, { by });
        deepEqual(there.conflicts, []);
        match(Object.keys(there.dependencies.add).join(), /redis|rabbitmq/);
        deepEqual(there.commands[0], 'npm install');
        const switched = await treeOf(root);
        const back = await switchIn(root, instance, 'memory', { by });
        deepEqual(back.dependencies.remove, Object.keys(there.dependencies.add));
        equal(await text('package.json'), manifest);
        deepEqual(await treeOf(root), before);
        await removeFrom(root, instance, { by });
        await add(instance, { engine });
        deepEqual(await treeOf(root), switched);
        await removeFrom(root, instance, { by });
        deepEqual(await treeOf(root), untouched);
      });
    }
  }
});
