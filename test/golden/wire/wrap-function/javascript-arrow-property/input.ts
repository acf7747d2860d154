export class Payments {
  sent = [];

  charge = async (amount) => {
    return this.sent.push(amount);
  };
}
