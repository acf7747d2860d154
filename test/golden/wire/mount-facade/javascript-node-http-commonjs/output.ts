var http = require('http');
const { wrapInvoices } = require('./patterns/invoices');
var routes = require('./routes');

const requestListener = function (req, res) {
  routes.answer(req, res);
};

var server = http.createServer(wrapInvoices(requestListener));

server.listen(3000);
