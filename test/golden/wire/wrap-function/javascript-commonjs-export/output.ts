const { payment } = require('./patterns/payment.js');

exports.limit = 3;

exports.charge = async (amount, input = {}) => {
  return payment.run(() => chargeDirectly(amount, input));
};

const chargeDirectly = async (amount, { currency = 'EUR' }) => {
  return amount + currency;
};
