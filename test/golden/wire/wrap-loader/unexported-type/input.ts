interface User {
  id: string;
}

export async function findUser(id: string): Promise<User | undefined> {
  return await load(id);
}
