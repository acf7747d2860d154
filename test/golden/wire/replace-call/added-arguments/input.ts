export const one = (id: string) => fetch(id);
export const two = (id: string) => fetch(
  id,
  {},
);
