export const find = async (id: string) => db.one(id);
