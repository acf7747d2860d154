import { createServer as serve } from 'node:http';
import { app } from './app.js';

serve(app).listen(3000);
