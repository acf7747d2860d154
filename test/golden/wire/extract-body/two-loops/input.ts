import { f, g } from './work.js';

export async function both(xs: string[], ys: string[]) {
  for (const x of xs) await f(x);
  for (const y of ys) await g(y);
}
