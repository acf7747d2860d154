type Handler = (event: { readonly id: string }, tries?: number) => Promise<string>;

export const handle: Handler = async ({ id }, tries = 1) => {
  return id + tries;
};
