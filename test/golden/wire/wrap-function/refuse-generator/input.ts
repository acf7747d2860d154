export async function* pages(from: number): AsyncGenerator<number> {
  yield from;
}
