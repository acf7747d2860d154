const path = require('path');
const fs = require('fs').promises;
const { mailer: post, isOpen } = require('./mailer');
const { audit, ...logs } = require('./logs');
const orders = require('./order-store');

exports.sendReceipts = sendReceipts;

async function sendReceipts(since) {
  const due = await orders.placedSince(since);
  if (!isOpen()) return 0;
  for (const order of due) {
    // One file each, for the archive.
    const file = path.join('receipts', `${order.id}.txt`);
    await fs.writeFile(file, `total: ${order.total}`);
    await post.send(order.email, file);
    audit(order.id);
  }
  logs.debug('sent', due.length);
  return due.length;
}
