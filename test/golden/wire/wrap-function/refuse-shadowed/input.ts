import { payment } from "./patterns/payment.js";

export async function charge(payment: number): Promise<number> {
  return payment;
}

export { payment };
