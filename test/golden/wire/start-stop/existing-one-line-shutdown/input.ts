import http from 'node:http';
import { handler } from './handler.js';

const server = http.createServer(handler).listen(8080);
process.on('SIGTERM', () => server.close());
