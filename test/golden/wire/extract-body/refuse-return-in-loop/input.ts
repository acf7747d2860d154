import { work } from './work.js';

export async function first(xs: string[]) {
  for (const x of xs) {
    if (await work(x)) return x;
  }
  return undefined;
}
