export interface User {
  readonly id: string;
}

export class Users {
  readonly #rows = new Map<string, User>();

  async findById(id: string): Promise<User | undefined> {
    return this.#rows.get(id);
  }
  async findByName(name: string): Promise<User | undefined> {
    return [...this.#rows.values()].find(({ id }) => id === name);
  }
}
