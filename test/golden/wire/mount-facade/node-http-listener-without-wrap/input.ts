import http, { type IncomingMessage, type ServerResponse } from 'node:http'

http.createServer(function answer(request: IncomingMessage, response: ServerResponse) {
  response.end(request.url)
}).listen(3000, () => {
  console.log('ready')
})
