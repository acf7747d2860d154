import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'

createServer(function answer(request: IncomingMessage, response: ServerResponse) {
  response.end(request.url)
}).listen(3000)
