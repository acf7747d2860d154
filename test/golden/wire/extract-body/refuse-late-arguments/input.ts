export class OrderService {
  sent: unknown[] = [];

  async sendOrder(order: { id: string }): Promise<void> {
    await this.log(arguments);
  }

  async log(all: IArguments) {
    this.sent.push(all);
  }
}
