import { deepEqual, equal, throws } from 'node:assert/strict';
import { importLines, instanceContext, type InstanceFacts } from '../../../src/plan/context.ts';
import { instanceNames } from '../../../src/plan/names.ts';

const facts: InstanceFacts = {
  names: instanceNames('order-email'),
  scaffold: {
    wiring: [
      {
        recipe: 'wrap-call',
        on: 'target',
        title: '',
        params: { facts: { key: 'id', value: '{{pascal}}', parameters: ['id: {{pascal}}Id'] } },
      },
      { recipe: 'start', on: 'composition-root', title: '', params: {} },
    ],
  },
  engine: { id: 'redis', title: 'Redis' },
  adapters: [
    {
      engine: 'redis',
      port: 'cache-store',
      symbol: 'redisCacheStore',
      create: "redisCacheStore({ prefix: '{{kebab}}', max: {{options.max}} })",
    },
    { engine: 'redis', port: 'lease', symbol: 'redisLease', create: 'redisLease()' },
  ],
  options: { max: 5 },
};

describe('instanceContext', () => {
  it('has what the table in docs/adding-a-pattern.md lists', () => {
    deepEqual(instanceContext(facts), {
      camel: 'orderEmail',
      pascal: 'OrderEmail',
      kebab: 'order-email',
      constant: 'ORDER_EMAIL',
      engine: { id: 'redis', title: 'Redis' },
      ports: {
        cacheStore: {
          symbol: 'redisCacheStore',
          from: './engines/redis/cache-store.js',
          create: "redisCacheStore({ prefix: 'order-email', max: 5 })",
        },
        lease: { symbol: 'redisLease', from: './engines/redis/lease.js', create: 'redisLease()' },
      },
      options: { max: 5 },
      wired: false,
      wire: { key: 'id', value: 'OrderEmail', parameters: ['id: OrderEmailId'] },
      imports: '',
    });
  });

  it('prefers what the recipe learnt to the fallback, fact by fact', () => {
    const context = instanceContext({
      ...facts,
      wire: {
        facts: { value: 'User', extra: true },
        imports: [{ name: 'User', from: '/src/user.ts', typeOnly: true }],
      },
    });
    equal(context.wired, true);
    deepEqual(context.wire, {
      key: 'id',
      value: 'User',
      parameters: ['id: OrderEmailId'],
      extra: true,
    });
    equal(context.imports, "import type { User } from '/src/user.ts';");
  });

  it('refuses an adapter whose expression names what is not there', () => {
    const adapters = [{ ...facts.adapters[0]!, create: 'x({{options.min}})' }];
    throws(() => instanceContext({ ...facts, adapters }), /"options.min" is not defined/);
  });
});

describe('importLines', () => {
  it('merges by module, keeps types apart, and puts packages first', () => {
    equal(
      importLines([
        { name: 'B', from: '/src/b.ts', typeOnly: true },
        { name: 'load', from: '/src/b.ts' },
        { name: 'A', from: '/src/b.ts', typeOnly: true },
        { name: 'A', from: '/src/b.ts', typeOnly: true },
        { name: 'Redis', from: 'redis' },
      ]),
      [
        "import { Redis } from 'redis';",
        "import { load } from '/src/b.ts';",
        "import type { A, B } from '/src/b.ts';",
      ].join('\n'),
    );
    equal(importLines([]), '');
  });

  it('writes default and namespace imports and other local names', () => {
    equal(
      importLines([
        { name: 'User', from: '/src/b.ts', typeOnly: true, kind: 'default' },
        { name: 'Id', from: '/src/b.ts', typeOnly: true, as: 'UserId' },
        { name: 'B', from: '/src/b.ts', as: 'B' },
        { name: 'pg', from: 'pg', kind: 'namespace' },
        { name: 'pg', from: 'pg', kind: 'namespace' },
      ]),
      [
        "import * as pg from 'pg';",
        "import { B } from '/src/b.ts';",
        "import type { Id as UserId } from '/src/b.ts';",
        "import type User from '/src/b.ts';",
      ].join('\n'),
    );
  });
});
