const { log } = require('./log');

class OrderService {
  constructor(mailer) {
    this.mailer = mailer;
  }

  /** Tells the customer. */
  async handleOrder(order) {
    log.info(order.id);
    await this.mailer.send(order);
  }
}

module.exports = OrderService;
