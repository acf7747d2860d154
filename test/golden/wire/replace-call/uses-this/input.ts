export class Orders {
  readonly #base = 'https://x/';

  async load(id: string): Promise<Response> {
    return fetch(this.#base + id);
  }
}
