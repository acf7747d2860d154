export function findUser(id: string): User | undefined {
  return users.get(id);
}
