import logger from 'jet-logger';

import EnvVars from '@src/common/constants/env';
import { orderEmailConsumer } from './patterns/order-email';
import server from './server';

/******************************************************************************
                                Constants
******************************************************************************/

const SERVER_START_MSG = (
  'Express server started on port: ' + EnvVars.Port.toString()
);

/******************************************************************************
                                  Run
******************************************************************************/

orderEmailConsumer.start().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
// Start the server
const httpServer = server.listen(EnvVars.Port, (err) => {
  if (!!err) {
    logger.err(err.message);
  } else {
    logger.info(SERVER_START_MSG);
  }
});

// Take no new requests, finish what is in hand, then end.
const shutdown = async () => {
  await new Promise((closed) => httpServer.close(closed));
  await orderEmailConsumer.close({ drainMs: 10_000 });
  process.exit();
};
process.once('SIGTERM', () => void shutdown());
process.once('SIGINT', () => void shutdown());
