import { open } from './open.js';

type Account = { readonly id: string; readonly name: string };

class UserStore {
  /* The connection. */ readonly #db = open();

  /**
   * Loads one.
   * @param id its id
   */
  @Traced()
  public async load(
    @Param('id') id: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<Account | null | undefined> {
    return this.#db.get(id);
  }

  @Traced()
  public async store(
    account: Account,
  ): Promise<Account> { return await this.#db.put(account); }

  public async drop({ id }: { id: string }) {
    if (id) await this.#db.drop(id); else throw new Error('no id');
  }

  public async rename(account: Partial<Account>) {
    await this.#db.put(account);
  }
}

export { UserStore, type Account as StoredAccount };
