import cors from 'cors';
import express from 'express';
import { invoicesFacade } from './patterns/invoices.js';
import { router } from './routes/index.js';

export const app = express();

app.use(cors());
// Above the body parsers: what is proxied must still have its body.
app.use(invoicesFacade);
app.use(express.json());
app.use('/api', router);

app.listen(process.env.PORT ?? 3000);
