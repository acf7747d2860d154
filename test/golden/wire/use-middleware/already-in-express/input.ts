import express from 'express';
import { limiter as limit } from './patterns/limiter.js';

const app = express();
app.use(limit.middleware);
