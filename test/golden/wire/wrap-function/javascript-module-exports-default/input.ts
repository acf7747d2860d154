module.exports = async function (event) {
  return event;
};
