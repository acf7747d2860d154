import http from 'node:http';
import { handle } from './handle.js';

http.createServer(handle).listen(3000);
