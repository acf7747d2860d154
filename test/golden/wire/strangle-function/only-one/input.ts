export async function loadName(id: string): Promise<string> {
  await Promise.resolve();
  return id;
}
