const path = require('path');
const fs = require('fs').promises;
const { mailer: post } = require('./mailer');
const orders = require('./order-store');
const { orderEmailQueue } = require('./patterns/order-email');

exports.sendReceipts = sendReceipts;

async function sendReceipts(since) {
  const due = await orders.placedSince(since);
  for (const order of due) {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }
  return due.length;
}
