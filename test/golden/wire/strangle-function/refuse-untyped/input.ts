export async function load(id = 'a', at = 1): Promise<string> {
  return id + at;
}
