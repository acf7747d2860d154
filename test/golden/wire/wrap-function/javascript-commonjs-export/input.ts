exports.limit = 3;

exports.charge = async (amount, { currency = 'EUR' } = {}) => {
  return amount + currency;
};
