/** `main.ts` of a Nest application as `add` leaves it, in a process that is told to end while a message is in hand. */
import { deepEqual, equal } from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { describe, it } from 'mocha';
import { recipes } from '../../../src/wire/recipes.ts';
import { applyEdits } from '../../../src/wire/recorder.ts';
import { contextOf, INSTANCES } from '../../golden/wire-case.ts';

const root = join(import.meta.dirname, '../../..');

const MAIN = `import 'reflect-metadata';
import { NestFactory } from '@nestjs/core';
import { AppModule, Mails } from './app.module.ts';

const app = await NestFactory.create(AppModule, { logger: false });
await app.listen(0);

await app.get(Mails).sendOne();
`;

/** The handler goes on when the server is closed, which Nest by itself does after it has told its services to end. */
const MODULE = `import { Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { once } from 'node:events';
import { handle, orderEmailQueue } from './patterns/order-email.ts';

export class Mails {
  connected = true;
  constructor(host: HttpAdapterHost) {
    handle(async () => {
      const closed = once(host.httpAdapter.getHttpServer(), 'close');
      console.log('begins');
      await closed;
      console.log(this.connected ? 'sends' : 'finds its service destroyed');
    });
  }
  onModuleDestroy() {
    this.connected = false;
    console.log('destroyed');
  }
  async sendOne() {
    await orderEmailQueue.send({ type: 'order-email', body: 'a' });
  }
}
Reflect.defineMetadata('design:paramtypes', [HttpAdapterHost], Mails);
export class AppModule {}
Module({ providers: [Mails] })(AppModule);
`;

const INSTANCE = `import { createConsumer } from '#rendered/competing-consumers/consumer.ts';
import { lateHandler } from '#rendered/competing-consumers/late-handler.ts';
import { memoryMessageQueue } from '#rendered/engines/memory/message-queue.ts';

export const orderEmailQueue = memoryMessageQueue<string>({ name: 'order-email', leaseMs: 30_000 });
const work = lateHandler<string>();
export const handle = (fn: () => Promise<void>) => work.give(fn);
export const orderEmailConsumer = createConsumer(orderEmailQueue, work, {
  closesQueue: true,
  onDeadLetter: (message, reason) => console.log('dead', reason),
});
process.once('exit', () => console.log(JSON.stringify(orderEmailConsumer.stats().events)));
`;

function wired(): string {
  const wireCase = { file: 'src/main.ts', profile: { importExtension: '.ts' as const } };
  const context = contextOf(wireCase, INSTANCES['start-stop']!);
  const file = { path: 'src/main.ts', text: MAIN };
  const outcome = recipes.get('start-stop')!.wire({ file, symbol: undefined }, context);
  equal(outcome.status, 'wired', JSON.stringify(outcome));
  return outcome.status === 'wired' ? applyEdits(MAIN, outcome.edits) : '';
}

/** A project that sees the packages and the rendered patterns of this one. */
function project(): string {
  const dir = mkdtempSync(join(tmpdir(), 'nest-shutdown-'));
  const files = {
    'package.json': JSON.stringify({ type: 'module', imports: { '#rendered/*': './.rendered/*' } }),
    'src/main.ts': wired(),
    'src/app.module.ts': MODULE,
    'src/patterns/order-email.ts': INSTANCE,
  };
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text);
  }
  for (const name of ['node_modules', '.rendered']) symlinkSync(join(root, name), join(dir, name));
  return dir;
}

describe('competing consumers in Nest, told to end', () => {
  it('Q9 a message in hand still finds its service alive, and is finished before it is destroyed', async () => {
    const dir = project();
    try {
      const child = spawn(process.execPath, ['src/main.ts'], {
        cwd: dir,
        stdio: ['ignore', 'pipe', 'inherit'],
      });
      const ended = once(child, 'close');
      const lines: string[] = [];
      for await (const line of createInterface({ input: child.stdout })) {
        lines.push(line);
        if (line === 'begins') child.kill('SIGTERM');
      }
      const { handled, retried } = JSON.parse(lines.pop()!) as Record<string, number>;
      deepEqual(lines, ['begins', 'sends', 'destroyed']);
      deepEqual([handled, retried, await ended], [1, 0, [0, null]]);
    } finally {
      rmSync(dir, { recursive: true });
    }
  });
});
