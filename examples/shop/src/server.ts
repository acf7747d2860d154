import { createApp } from './app.js';
import { Database } from './database.js';
import type { User } from './users/user.js';

const db = new Database();
const ada: User = {
  id: 'u1',
  name: 'Ada',
  email: 'ada@example.com',
};
await db.upsert('users', ada);

const app = createApp(db);
const port = Number(process.env['PORT'] ?? 3000);
const server = app.listen(port, () => {
  console.log(`http://localhost:${port}/users/u1`);
});

process.once('SIGTERM', () => server.close());
