import express = require("express")
import { orders } from "./orders"

const app = express()
app.use("/orders", orders)

// The port is fixed.
const server = app.listen(3000)

;(async () => {
  await warmUp()
})()
