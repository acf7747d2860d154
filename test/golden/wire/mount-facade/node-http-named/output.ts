import { createServer as serve } from 'node:http';
import { app } from './app.js';
import { invoicesFacade } from './patterns/invoices.js';

serve((request, response) =>
  invoicesFacade(request, response, () => app(request, response)),
).listen(3000);
