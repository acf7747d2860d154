export class Box<T> {
  async put(value: T): Promise<T> {
    return value;
  }
}
