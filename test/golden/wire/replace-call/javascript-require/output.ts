'use strict';

const axios = require('axios').default;
const { ordersClient } = require('./patterns/orders.js');

const get = axios.get;

module.exports.load = async (id) => [
  await ordersClient.get(id),
  await ordersClient.get(id),
  await ordersClient.get(id),
  await get(id),
];
