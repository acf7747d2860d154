export async function load<T>(id: string): Promise<T> {
  return await fetchOne(id);
}
