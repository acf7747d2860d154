import { payment } from './patterns/payment.js';

export class Client {
  readonly #base: string = '';

  async get<T extends object, K extends keyof T = keyof T>(
    path: string,
    ...keys: readonly K[]
  ): Promise<Pick<T, K>> {
    return payment.run(() => this.#getDirectly<T, K>(path, ...keys));
  }

  async #getDirectly<T extends object, K extends keyof T = keyof T>(
    path: string,
    ...keys: readonly K[]
  ): Promise<Pick<T, K>> {
    const response = await fetch(this.#base + path + keys.join());
    return (await response.json()) as Pick<T, K>;
  }
}
