'use strict';

const axios = require('axios').default;
const { get: read } = require('axios');
const whole = require('axios');

const get = axios.get;

module.exports.load = async (id) => [
  await axios.get(id),
  await read(id),
  await whole.get(id),
  await get(id),
];
