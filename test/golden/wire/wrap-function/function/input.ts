import { post } from './http.js';

/** Charges once. */
export async function charge(account: string, amount: number): Promise<string> {
  return post(account, amount);
}
