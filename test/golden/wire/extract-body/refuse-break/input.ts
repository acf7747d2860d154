import { work } from './work.js';

export async function all(xs: string[]) {
  for (const x of xs) {
    if (x === 'stop') break;
    await work(x);
  }
}
