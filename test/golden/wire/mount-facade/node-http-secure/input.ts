import { createSecureServer } from 'node:http2';

const server = createSecureServer({ allowHTTP1: true }, (request, response) => {
  response.end(request.url);
});

server.listen(8443);
