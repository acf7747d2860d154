import { createServer } from 'node:http';
import { limiter } from './patterns/limiter.js';

const server = createServer(limiter.wrap((request, response) => {
  response.end(request.url);
}));
server.listen(3000);
