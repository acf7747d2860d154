import { invoicesFacade } from './patterns/invoices';

const express = require('express');
const bodyParser = require('body-parser');

const app = express();
app.get('env');
// Above the body parsers: what is proxied must still have its body.
app.use(invoicesFacade);
app.use(bodyParser.json());
app.get('/', (req, res) => res.send('hello'));

module.exports = app;
