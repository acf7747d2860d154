export async function load(...ids: string[]): Promise<number> {
  return ids.length;
}
