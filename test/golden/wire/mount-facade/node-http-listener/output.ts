import { readFileSync } from 'node:fs';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:https';
import { wrapInvoices } from './patterns/invoices.js';

export function startServer(port: number) {
  const requestListener = 'taken';

  const requestListener2: RequestListener = async (req, res) => {
    res.setHeader('x-name', requestListener);
    res.end(`
hello
  ${req.url}
`);
  };

  // Certificates are renewed by the host.
  const server = createServer({ key: readFileSync('key.pem') }, wrapInvoices(requestListener2));
  return server.listen(port);
}
