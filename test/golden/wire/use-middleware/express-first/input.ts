import express from 'express';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import { errorHandler, helmet, requestLog, router } from './parts.js';

const app = express();
app.set('trust proxy', 1);

app.use(helmet());
app.use(requestLog);
app.use(express.json());

// The orders.
app.use('/orders', router);
app.get('/health', (_request, response) => {
  response.json({ ok: true });
});

// Errors.
app.use(errorHandler);

app.listen(3000);

export type { ErrorRequestHandler, RequestHandler };
