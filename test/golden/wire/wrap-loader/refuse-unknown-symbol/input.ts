export const find = async (id: string): Promise<string> => db.one(id);
