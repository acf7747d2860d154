module.exports.charge = async function again(times) {
  return times > 1 ? again(times - 1) : times;
};

module.exports.Payments = class {};
