import { createServer } from 'node:http';

const server = createServer((request, response) => {
  response.end(request.url);
});
server.listen(3000);
