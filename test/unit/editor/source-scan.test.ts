import { deepEqual, equal } from 'node:assert/strict';
import { importedPackages, nameAt } from '../../../src/editor/source-scan.ts';

describe('importedPackages', () => {
  it('finds every way to import, subpaths and scopes included', () => {
    const text = [
      "import { a } from 'redis';",
      'import b from "rabbitmq-client/lib/x";',
      "import 'reflect-metadata';",
      "export * from '@nestjs/core';",
      "const c = require('amqplib');",
      "const d = await import('@scope/name/deep');",
      "import type { E } from './local.js';",
      "import fs from 'node:fs';",
    ].join('\n');
    deepEqual([...importedPackages(text)].sort(), [
      '@nestjs/core',
      '@scope/name',
      'amqplib',
      'node:fs',
      'rabbitmq-client',
      'redis',
      'reflect-metadata',
    ]);
  });

  it('takes no string for an import', () => {
    equal(importedPackages("const from = 'redis'; call('amqplib');").size, 0);
  });

  it('stays quick on a text without an end of line', () => {
    equal(importedPackages(`${'import '.repeat(20_000)}`).size, 0);
  });
});

describe('nameAt', () => {
  const names = (line: string, column: number) => nameAt(line, column)?.names;

  it('reads the path that leads to the identifier, longest first', () => {
    deepEqual(names('await this.channel.prefetch(10)', 20), [
      'this.channel.prefetch',
      'channel.prefetch',
      'prefetch',
    ]);
  });

  it('stops at the identifier under the cursor', () => {
    deepEqual(names('this.channel.prefetch', 8), ['this.channel', 'channel']);
  });

  it('sees through optional chaining and private names', () => {
    deepEqual(names('this.#redis?.expire(k)', 16), [
      'this.#redis.expire',
      '#redis.expire',
      'expire',
    ]);
  });

  it('finds a command inside a string', () => {
    deepEqual(names("send('XAUTOCLAIM', key)", 8), ['XAUTOCLAIM']);
  });

  it('tells the columns of the identifier alone', () => {
    deepEqual(nameAt('a.bc + d', 3), { names: ['a.bc', 'bc'], start: 2, end: 4 });
  });

  it('finds nothing between names', () => {
    equal(nameAt('a  +  b', 3), undefined);
    equal(nameAt('', 0), undefined);
  });
});
