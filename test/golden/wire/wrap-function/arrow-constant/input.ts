export const charge = async (
  account: string,
  amount: number,
): Promise<string> => {
  const text = `
    ${account}
  `;
  return text + amount;
};
