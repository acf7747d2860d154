import express from 'express';
import { createLimiter } from './patterns/limiter.js';

const app = express();
app.use(express.json());

app.use(createLimiter({ perMinute: 60 }));
app.post('/', (request, response) => {
  response.json(request.body);
});

export default app;
