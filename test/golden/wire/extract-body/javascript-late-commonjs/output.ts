const { log } = require('./log');
const {
  handleOrderEmailJobs,
  orderEmailQueue,
} = require('./patterns/order-email');

class OrderService {
  constructor(mailer) {
    this.mailer = mailer;
    handleOrderEmailJobs((order) => this.#handleOrderNow(order));
  }

  /** Tells the customer. */
  async handleOrder(order) {
    await orderEmailQueue.send({ type: 'order-email', body: order });
  }

  async #handleOrderNow(order) {
    log.info(order.id);
    await this.mailer.send(order);
  }
}

module.exports = OrderService;
