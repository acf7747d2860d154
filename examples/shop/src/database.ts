import { setTimeout as sleep } from 'node:timers/promises';

export interface Row {
  readonly id: string;
}

/**
 * Stands in for a database server, so that the shop starts with nothing installed:
 * rows by table and id, and every access takes a round trip.
 */
export class Database {
  readonly #tables = new Map<string, Map<string, Row>>();
  readonly #roundTripMs: number;

  constructor(roundTripMs = 20) {
    this.#roundTripMs = roundTripMs;
  }

  async find<T extends Row>(table: string, id: string): Promise<T | undefined> {
    await sleep(this.#roundTripMs);
    return this.#table(table).get(id) as T | undefined;
  }

  async all<T extends Row>(table: string): Promise<T[]> {
    await sleep(this.#roundTripMs);
    return [...this.#table(table).values()] as T[];
  }

  async upsert(table: string, row: Row): Promise<void> {
    await sleep(this.#roundTripMs);
    this.#table(table).set(row.id, row);
  }

  async delete(table: string, id: string): Promise<void> {
    await sleep(this.#roundTripMs);
    this.#table(table).delete(id);
  }

  #table(name: string): Map<string, Row> {
    let table = this.#tables.get(name);
    if (!table) this.#tables.set(name, (table = new Map()));
    return table;
  }
}
