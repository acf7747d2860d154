export async function loadName(id: string): Promise<string> {
  return id;
}

export async function loadAge(userId: number): Promise<number> {
  return userId;
}
