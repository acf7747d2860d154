import cors from 'cors';
import express from 'express';
import helmet from 'helmet';
import { errorHandler } from './error-handler.js';
import { requestId } from './request-id.js';
import { invoiceRouter } from './routes/invoices.js';

export const app = express();

app.disable('x-powered-by');
app.use(helmet());
app.use(cors());
app.use(requestId);

// Bodies are JSON.
app.use(express.json());
app.use('/invoices', invoiceRouter);
app.use(errorHandler);
