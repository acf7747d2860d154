/** A Nest service as `add` leaves it, in a real Nest application: what it is given is there before it is given work. */
import 'reflect-metadata';
import * as nest from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { deepEqual, equal } from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { describe, it } from 'mocha';
import ts from 'typescript';
import { createConsumer } from '#rendered/competing-consumers/consumer.ts';
import { lateHandler } from '#rendered/competing-consumers/late-handler.ts';
import { memoryMessageQueue } from '#rendered/engines/memory/message-queue.ts';
import { recipes } from '../../../src/wire/recipes.ts';
import { applyEdits } from '../../../src/wire/recorder.ts';
import { contextOf, INSTANCES } from '../../golden/wire-case.ts';

const SERVICE = `import { Inject, Injectable } from '@nestjs/common';

@Injectable()
export class OrderMails {
  @Inject('MAILER')
  private readonly mailer!: { send(order: string): void };

  async sendOrder(order: string): Promise<void> {
    await this.mailer.send(order);
  }
}
`;

interface Service {
  sendOrder(order: string): Promise<void>;
}

/** The file's exports, compiled as Nest's own projects are. */
function load(text: string, modules: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2023,
      experimentalDecorators: true,
      emitDecoratorMetadata: true,
    },
  });
  const exports = {};
  new Function('require', 'exports', outputText)((name: string) => modules[name], exports);
  return exports;
}

function wired(text: string): string {
  const recipe = recipes.get('extract-body')!;
  const params = { handle: 'handleOrderEmailJobs' };
  const context = contextOf({ params }, INSTANCES['extract-body']!);
  const file = { path: 'src/order-mails.ts', text };
  const outcome = recipe.wire({ file, symbol: 'OrderMails.sendOrder' }, context);
  equal(outcome.status, 'wired');
  return outcome.status === 'wired' ? applyEdits(text, outcome.edits) : '';
}

describe('competing consumers in Nest', () => {
  it('CC-9 a service does the work once Nest has made it, also what was sent before', async () => {
    const queue = memoryMessageQueue<string>({ name: 'order-email', leaseMs: 30_000 });
    const work = lateHandler<string>();
    const consumer = createConsumer(queue, work);
    const { OrderMails } = load(wired(SERVICE), {
      '@nestjs/common': nest,
      './patterns/order-email.js': {
        orderEmailQueue: queue,
        handleOrderEmailJobs: (handle: (job: string) => Promise<void>) =>
          work.give(({ body }) => handle(body)),
      },
    }) as { OrderMails: new () => Service };

    const sent: string[] = [];
    let onSent = (): void => {};
    const bothSent = new Promise<void>((resolve) => (onSent = resolve));
    const mailer = {
      send: (order: string) => {
        if (sent.push(order) === 2) onSent();
      },
    };
    class AppModule {}
    nest.Module({ providers: [OrderMails, { provide: 'MAILER', useValue: mailer }] })(AppModule);

    const app = await NestFactory.create(AppModule, { logger: false });
    await consumer.start();
    await queue.send({ type: 'order-email', body: 'before' });
    await setImmediate();
    deepEqual([consumer.stats().events.started, (await queue.stats()).ready], [0, 1]);

    await app.init();
    await app.get<Service>(OrderMails).sendOrder('after');
    await bothSent;
    deepEqual(sent, ['before', 'after']);

    await app.close();
    await consumer.close();
    equal(consumer.stats().events.retried, 0);
  });
});
