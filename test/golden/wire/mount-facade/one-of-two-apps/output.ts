import express from 'express';
import { createServer } from 'node:http';
import { invoicesFacade } from './patterns/invoices.js';

const app = express();
const admin = express();
admin.use(invoicesFacade);
admin.get('/', (_req, res) => res.end());
app.get('/', (_req, res) => res.end());
createServer(app).listen(3000);
