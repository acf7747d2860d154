import { readFileSync } from 'node:fs';
import { createServer } from 'node:https';

export function startServer(port: number) {
  const requestListener = 'taken';

  // Certificates are renewed by the host.
  const server = createServer({ key: readFileSync('key.pem') }, async (req, res) => {
    res.setHeader('x-name', requestListener);
    res.end(`
hello
  ${req.url}
`);
  });
  return server.listen(port);
}
