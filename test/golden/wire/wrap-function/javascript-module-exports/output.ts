const { payment } = require('./patterns/payment.js');

module.exports.charge = async function again(times) {
  return payment.run(() => chargeDirectly(times));
};

const chargeDirectly = async function again(times) {
  return times > 1 ? again(times - 1) : times;
};

module.exports.Payments = class {};
