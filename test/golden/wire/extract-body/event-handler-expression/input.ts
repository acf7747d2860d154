import { bus } from "./bus.js";
import { mailer } from "./mailer.js";
import type { Order } from "./order.js";

bus.on("order.cancelled", (order: Order) => mailer.cancel(order));
