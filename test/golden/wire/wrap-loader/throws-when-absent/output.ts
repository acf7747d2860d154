import { NotFound } from './errors.js'
import type { Order } from './order.js'
import { createOrderCache } from './patterns/order-cache.js'
import { pool } from './pool.js'

export class OrderService {
  readonly #order = createOrderCache((orderId) => this.#loadOrder(orderId))

  async getOrder(orderId: string): Promise<Order> {
    return (await this.#order.get(orderId)) as Order
  }

  async #loadOrder(orderId: string): Promise<Order> {
    const { rows } = await pool.query('select * from orders where id = $1', [orderId])
    if (rows.length === 0) throw new NotFound(orderId)
    return rows[0]
  }

  async cancel(orderId: string) {
    await pool.query('update orders set cancelled = true where id = $1', [orderId])
    await this.#order.invalidate(orderId)
  }

  async deleteOrder(orderId: string) {
    const { rowCount } = await pool.query('delete from orders where id = $1', [orderId])
    await this.#order.invalidate(orderId)
    if (rowCount === 0) return false
    return true
  }

  [Symbol.dispose]() {}
}
