import http from 'node:http';
import { handle } from './handle.js';
import { limiter } from './patterns/limiter.js';

http.createServer((request, response) =>
  limiter.middleware(request, response, () => handle(request, response)),
).listen(3000);
