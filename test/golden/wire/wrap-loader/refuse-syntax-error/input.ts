export const find = async (id: string): Promise<string> => {
  return db.one(id;
};
