import { sql } from 'db';

export const one = (id: string) => sql`select ${id}`;
