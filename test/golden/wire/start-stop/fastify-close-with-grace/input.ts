import closeWithGrace from 'close-with-grace';
import Fastify from 'fastify';
import { pool } from './pool.js';

const app = Fastify();
closeWithGrace({ delay: 500 }, async ({ err }) => {
  if (err) app.log.error(err);
  await app.close();
  await pool.end();
});

await app.listen({ port: 3000 });
