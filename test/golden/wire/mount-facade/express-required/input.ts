const express = require('express');
const bodyParser = require('body-parser');

const app = express();
app.get('env');
app.use(bodyParser.json());
app.get('/', (req, res) => res.send('hello'));

module.exports = app;
