import { createSecureServer } from 'node:http2';
import { wrapInvoices } from './patterns/invoices.js';

const server = createSecureServer({ allowHTTP1: true }, wrapInvoices((request, response) => {
  response.end(request.url);
}));

server.listen(8443);
