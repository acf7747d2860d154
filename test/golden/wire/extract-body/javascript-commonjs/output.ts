const { isOpen } = require('./mailer');
const { audit, ...logs } = require('./logs');
const orders = require('./order-store');
const { orderEmailQueue } = require('./patterns/order-email');

exports.sendReceipts = sendReceipts;

async function sendReceipts(since) {
  const due = await orders.placedSince(since);
  if (!isOpen()) return 0;
  for (const order of due) {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }
  logs.debug('sent', due.length);
  return due.length;
}
