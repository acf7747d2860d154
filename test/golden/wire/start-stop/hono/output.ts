import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { orderEmailConsumer } from './patterns/order-email.js'

const app = new Hono()

app.get('/', (c) => {
  return c.text('Hello Hono!')
})

await orderEmailConsumer.start()
const server = serve({
  fetch: app.fetch,
  port: 3000
}, (info) => {
  console.log(`Server is running on http://localhost:${info.port}`)
})

// Take no new requests, finish what is in hand, then end.
const shutdown = async () => {
  await new Promise((closed) => server.close(closed))
  await orderEmailConsumer.close({ drainMs: 10_000 })
  process.exit()
}
process.once('SIGTERM', () => void shutdown())
process.once('SIGINT', () => void shutdown())
