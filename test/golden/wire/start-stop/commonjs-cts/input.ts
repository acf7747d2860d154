import { createServer } from 'node:http';

import answer = require('./answer.cjs');

createServer(answer).listen(3000);
