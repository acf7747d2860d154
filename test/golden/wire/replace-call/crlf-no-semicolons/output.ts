import { orders } from './patterns/orders.js'

export const one = async () => {
	await orders.run(() => fetch('1'))
	return orders.run(() => fetch('2'))
}
