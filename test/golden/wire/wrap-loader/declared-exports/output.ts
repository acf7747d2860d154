import { open } from './open.js';
import { createUserCache } from './patterns/user-cache.js';

type Account = { readonly id: string; readonly name: string };

class UserStore {
  /* The connection. */ readonly #db = open();
  readonly #cache = createUserCache((id, signal) => this.#load(id, { signal }));

  /**
   * Loads one.
   * @param id its id
   */
  @Traced()
  public async load(
    @Param('id') id: string,
    options: { signal?: AbortSignal } = {},
  ): Promise<Account | null | undefined> {
    return this.#cache.get(id, options);
  }

  async #load(
    id: string,
    options: { signal?: AbortSignal },
  ): Promise<Account | null | undefined> {
    return this.#db.get(id);
  }

  @Traced()
  public async store(
    account: Account,
  ): Promise<Account> {
    const result = await this.#db.put(account);
    await this.#cache.invalidate(account.id);
    return result;
  }

  public async drop({ id }: { id: string }) {
    if (id) await this.#db.drop(id); else throw new Error('no id');
    await this.#cache.invalidate(id);
  }

  public async rename(account: Partial<Account>) {
    await this.#db.put(account);
  }
}

export { UserStore, type Account as StoredAccount };
