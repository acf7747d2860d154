import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { invoicesFacade } from './patterns/invoices.js'

const requestListener = function answer(request: IncomingMessage, response: ServerResponse) {
  response.end(request.url)
}

createServer((request, response) => invoicesFacade(request, response, () => requestListener(request, response))).listen(3000)
