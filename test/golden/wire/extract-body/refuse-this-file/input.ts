import { readFile } from 'node:fs/promises';
import { send } from './mail.js';

export async function sendAll(names: string[]) {
  for (const name of names) {
    await send(await readFile(new URL(`./${name}`, import.meta.url), 'utf8'));
  }
}
