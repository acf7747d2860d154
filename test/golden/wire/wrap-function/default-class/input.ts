export default class {
  seen = 0;

  async handle(event: string): Promise<string> {
    this.seen++;
    return event;
  }
}
