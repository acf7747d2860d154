export class A {
  async run(): Promise<void> {}

  static async run(): Promise<void> {}
}
