import { ordersClient } from './patterns/orders.js'

export const load = async id => ordersClient.get(id)
