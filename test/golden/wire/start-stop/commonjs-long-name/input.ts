import { createServer } from 'node:http';
import { answer } from './answer';

export function main() {
  const server = createServer(answer);
  server.listen(3000);
}
