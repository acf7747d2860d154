import express = require("express")
import { orders } from "./orders"
import { orderEmailConsumer } from "./patterns/order-email"

const app = express()
app.use("/orders", orders)

void orderEmailConsumer.start()
// The port is fixed.
const server = app.listen(3000)

// Take no new requests, finish what is in hand, then end.
const shutdown = async () => {
  await new Promise((closed) => server.close(closed))
  await orderEmailConsumer.close({ drainMs: 10_000 })
  process.exit()
}
process.once("SIGTERM", () => void shutdown())
process.once("SIGINT", () => void shutdown())

;(async () => {
  await warmUp()
})()
