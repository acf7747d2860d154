import { Connection } from 'rabbitmq-client';
import { createClient } from 'redis';
import { topologyOf } from '#rendered/engines/rabbitmq/amqp-topology.ts';
import { rabbitMessageQueue } from '#rendered/engines/rabbitmq/message-queue.ts';
import { redisMessageQueue } from '#rendered/engines/redis/message-queue.ts';
import type { MessageQueue } from '#rendered/kernel/message-queue.ts';
import { startRabbitMq } from './rabbitmq-server.ts';
import { startRedis } from './redis-server.ts';
import type { EngineServer } from './server-process.ts';

/** What a job makes its handler do; see `consumer-process.ts`. */
export interface Job {
  readonly act: 'work' | 'hang' | 'die' | 'fail';
  readonly ms?: number;
}

export interface QueueEngine {
  readonly name: string;
  /** Variable that the generated adapter tests read. */
  readonly env: string;
  start(): Promise<EngineServer>;
  open(url: string, name: string): MessageQueue<Job>;
  /**
   * How long after the declaration of a queue the engine survives kill -9 with it. RabbitMQ 3.10 writes the names of quorum
   * queues with a delay: killed before that, it starts them empty and without a leader.
   */
  readonly settlesInMs: number;
  /** Removes all that the queue has left in the engine. */
  drop(url: string, name: string): Promise<void>;
}

export const leaseMs = 2_000;
const delaysMs = [100, 1_000];

export const queueEngines: readonly QueueEngine[] = [
  {
    name: 'redis',
    env: 'REDIS_URL',
    start: startRedis,
    settlesInMs: 0,
    open: (url, name) => redisMessageQueue<Job>({ url, name, leaseMs, pollMs: 50 }),
    async drop(url, name) {
      const client = createClient({ url });
      await client.connect();
      const keys = await client.keys(`*{${name}}*`);
      if (keys.length > 0) await client.del(keys);
      await client.close();
    },
  },
  {
    name: 'rabbitmq',
    env: 'RABBITMQ_URL',
    start: startRabbitMq,
    settlesInMs: 5_000,
    open: (url, name) => rabbitMessageQueue<Job>({ url, name, leaseMs, delaysMs, reconnectMs: 50 }),
    async drop(url, name) {
      const connection = new Connection(url);
      for (const { queue } of topologyOf(name, 0, delaysMs).declarations) {
        await connection.queueDelete({ queue });
      }
      await connection.close();
    },
  },
];
