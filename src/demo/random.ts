/** Seeded numbers: the same seed gives the same run in Node and in the page (both are V8, whose `Math.log` is software). */
export interface Random {
  /** Uniform in [0, 1). Fits an injected `random: () => number`. */
  next: () => number;
  /** Uniform in [min, max). */
  uniform(min: number, max: number): number;
  /** Exponential: the time between two arrivals of a Poisson process. Never infinite. */
  exponential(mean: number): number;
  /** Normal (Box–Muller), one draw of two used. */
  normal(mean: number, deviation: number): number;
  /** Uniform in 0 … count − 1. */
  integer(count: number): number;
  /** A stream of its own, named by what it is for. Depends on the seed and the name only, not on what was drawn before. */
  fork(name: string): Random;
}

/** @param seed an integer of 0 … 2³² − 1 */
export function seeded(seed: number): Random {
  const next = mulberry32(seed);
  return {
    next,
    uniform: (min, max) => min + (max - min) * next(),
    exponential: (mean) => -mean * Math.log(1 - next()),
    normal: (mean, deviation) => {
      const radius = Math.sqrt(-2 * Math.log(1 - next()));
      return mean + deviation * radius * Math.cos(2 * Math.PI * next());
    },
    integer: (count) => Math.floor(next() * count),
    fork: (name) => seeded(mix(seed, name)),
  };
}

/**
 * Which of `count` items is asked for when the k-th most popular is asked for in proportion to 1 / kˢ, as keys of a cache
 * are. Index 0 is the most popular.
 */
export function zipf(count: number, exponent: number): (random: Random) => number {
  const cumulative: number[] = [];
  let total = 0;
  for (let rank = 1; rank <= count; rank++) cumulative.push((total += rank ** -exponent));
  return (random) => {
    const draw = random.next() * total;
    let low = 0;
    let high = count - 1;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((cumulative[middle] ?? total) > draw) high = middle;
      else low = middle + 1;
    }
    return low;
  };
}

/** Tommy Ettinger's mulberry32: 32 bits of state, passes gjrand's tests, four lines. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let bits = Math.imul(state ^ (state >>> 15), state | 1);
    bits ^= bits + Math.imul(bits ^ (bits >>> 7), bits | 61);
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** FNV-1a over the seed and the name. */
function mix(seed: number, name: string): number {
  let hash = 0x811c9dc5;
  for (const character of `${seed}/${name}`) {
    hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return hash >>> 0;
}
