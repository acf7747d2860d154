import { bus } from "./bus.js";
import { mailer } from "./mailer.js";
import type { Order } from "./order.js";

bus.on("order.placed", async (order: Order) => {
  await mailer.confirm(order);
});

bus.on("order.cancelled", (order: Order) => mailer.cancel(order));

process.on("uncaughtException", async (error) => {
  await mailer.alarm(error);
});
