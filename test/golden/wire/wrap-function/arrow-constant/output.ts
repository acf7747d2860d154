import { payment } from './patterns/payment.js';

export const charge = async (
  account: string,
  amount: number,
): Promise<string> => {
  return payment.run(() => chargeDirectly(account, amount));
};

const chargeDirectly = async (
  account: string,
  amount: number,
): Promise<string> => {
  const text = `
    ${account}
  `;
  return text + amount;
};
