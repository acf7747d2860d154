export const find = async (query: { name: string }): Promise<string> => db.one(query);
