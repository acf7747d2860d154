export async function load<T>(id: string, parse: (text: string) => T): Promise<T> {
  return parse(id);
}
