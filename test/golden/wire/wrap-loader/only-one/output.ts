#!/usr/bin/env node
/*
 * Copyright 2026 Sample
 */

import { createUserCache } from './patterns/user-cache.js';

class Users {
  readonly #byId = createUserCache((id) => this.#loadById(id));

  // Slow.
  findById = async (id: string): Promise<string | undefined> => {
    return this.#byId.get(id);
  };

  readonly #loadById = async (id: string): Promise<string | undefined> => {
    return await read(id); }
}
