import { purge } from './purge.js';
import { report } from './report.js';
import { purgeQueue } from './patterns/purge.js';

setInterval(async () => {
  await purgeQueue.send({ type: 'purge', body: {} });
}, 60_000);

setInterval(async () => {
  await report();
}, 60_000);

void purge;
