import { createServer } from 'node:http';
import { limiter } from './patterns/limiter.js';
import type { RequestListener } from 'node:http';

const requestListener: RequestListener = (request, response) => {
  response.end(request.url);
};

const server = createServer(limiter.wrap(requestListener));
server.listen(3000);
