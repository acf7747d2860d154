import { bus } from "./bus.js";
import type { Order } from "./order.js";
import { orderEmailQueue } from "./patterns/order-email.js";

bus.on("order.cancelled", (order: Order) =>
  orderEmailQueue.send({ type: "order-email", body: order }),
);
