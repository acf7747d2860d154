export class Payments {
	sent = 0

	async charge({ amount }: { amount: number }): Promise<number> {
		this.sent += amount
		return this.sent
	}

	refund = async (amount: number): Promise<number> => {
		return (this.sent -= amount)
	}
}
