export async function charge<T>(this: { value: T }): Promise<T> {
  return this.value;
}
