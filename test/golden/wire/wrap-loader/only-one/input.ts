#!/usr/bin/env node
/*
 * Copyright 2026 Sample
 */

class Users {
  // Slow.
  findById = async (id: string): Promise<string | undefined> => {
    return await read(id); }
}
