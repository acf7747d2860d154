const path = require('path');
const fs = require('fs').promises;
const { mailer: post } = require('./mailer');
const orders = require('./order-store');

exports.sendReceipts = sendReceipts;

async function sendReceipts(since) {
  const due = await orders.placedSince(since);
  for (const order of due) {
    // One file each, for the archive.
    const file = path.join('receipts', `${order.id}.txt`);
    await fs.writeFile(file, `total: ${order.total}`);
    await post.send(order.email, file);
  }
  return due.length;
}
