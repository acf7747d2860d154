import http from 'http';
import { wrapInvoices } from './patterns/invoices.js';

http
  .createServer(wrapInvoices((req, res) => {
    res.end('ok');
  }))
  .listen(3000);
