#!/usr/bin/env node
import { connect } from './db.js';
import { orderEmailConsumer } from './patterns/order-email.js';

await connect(process.env.DATABASE_URL);
console.log('ready');

await orderEmailConsumer.start();

// Take no new requests, finish what is in hand, then end.
const shutdown = async () => {
  await orderEmailConsumer.close({ drainMs: 10_000 });
  process.exit();
};
process.once('SIGTERM', () => void shutdown());
process.once('SIGINT', () => void shutdown());
