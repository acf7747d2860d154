import { payment } from './patterns/payment.js'

export class Payments {
	sent = 0

	async charge(input: { amount: number }): Promise<number> {
		return payment.run(() => this.#chargeDirectly(input))
	}

	async #chargeDirectly({ amount }: { amount: number }): Promise<number> {
		this.sent += amount
		return this.sent
	}

	refund = async (amount: number): Promise<number> => {
		return (this.sent -= amount)
	}
}
