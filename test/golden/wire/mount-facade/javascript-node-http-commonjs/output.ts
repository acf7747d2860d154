var http = require('http');
const { wrapInvoices } = require('./patterns/invoices');
var routes = require('./routes');

var server = http.createServer(wrapInvoices(function (req, res) {
  routes.answer(req, res);
}));

server.listen(3000);
