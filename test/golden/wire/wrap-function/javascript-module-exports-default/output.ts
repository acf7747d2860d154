const { payment } = require('./patterns/payment.js');

module.exports = async function (event) {
  return payment.run(() => paymentDirectly(event));
};

const paymentDirectly = async function (event) {
  return event;
};
