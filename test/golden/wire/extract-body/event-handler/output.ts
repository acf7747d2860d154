import { bus } from "./bus.js";
import { mailer } from "./mailer.js";
import type { Order } from "./order.js";
import { orderEmailQueue } from "./patterns/order-email.js";

bus.on("order.placed", async (order: Order) => {
  await orderEmailQueue.send({ type: "order-email", body: order });
});

bus.on("order.cancelled", (order: Order) => mailer.cancel(order));

process.on("uncaughtException", async (error) => {
  await mailer.alarm(error);
});
