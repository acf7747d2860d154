/**
 * A consumer as a process of its own, for tests that kill it: `node consumer-process.ts ENGINE URL QUEUE CONCURRENCY`.
 * Writes a line of JSON for each event, and for `ready` and `closed`. SIGTERM drains it.
 */
import { createConsumer } from '#rendered/competing-consumers/consumer.ts';
import { UnrecoverableError } from '#rendered/kernel/retry.ts';
import { queueEngines } from './queues.ts';

const [engine, url = '', name = '', concurrency] = process.argv.slice(2);
const queue = queueEngines.find((each) => each.name === engine)?.open(url, name);
if (queue === undefined) throw new Error(`no engine ${engine}`);

const say = (line: object): void => void process.stdout.write(`${JSON.stringify(line)}\n`);

const consumer = createConsumer(
  queue,
  async ({ body }) => {
    const { act, ms = 0 } = body;
    if (act === 'fail') throw new UnrecoverableError('asked to');
    // Long enough that the messages beside it are in hand as well.
    if (act === 'die') setTimeout(() => process.kill(process.pid, 'SIGKILL'), 200);
    if (act === 'work') await new Promise((resolve) => setTimeout(resolve, ms));
    else await new Promise(() => {});
  },
  {
    concurrency: Number(concurrency),
    retry: { maxAttempts: 3, delayMs: () => 100 },
    closesQueue: true,
    onEvent: (event) =>
      say(
        event.type === 'queue-error'
          ? { type: event.type, error: String(event.error) }
          : { type: event.type, id: event.message.id, attempt: event.attempt, at: Date.now() },
      ),
  },
);
await consumer.start();
say({ type: 'ready' });
async function end(): Promise<void> {
  await consumer.close({ drainMs: 5_000 });
  say({ type: 'closed' });
  process.exit(0);
}
process.once('SIGTERM', () => void end());
