import express from 'express';
import { shutdown } from './shutdown.js';

const app = express();
app.listen(3000);
process.on('SIGTERM', shutdown);
