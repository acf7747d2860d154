import { purge } from './purge.js';
import { log } from './log.js';

setInterval(async () => {
  await purge();
  log.info('purged');
}, 60_000);

log.info('scheduled');
