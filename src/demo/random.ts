/**
 * Seeded numbers: the same seed gives the same run in Node and in every browser. So they are made by IEEE 754's exact operations alone;
 * `Math.log` and its like may differ in the last bit between builds, and do.
 */
export interface Random {
  /** Uniform in [0, 1). Fits an injected `random: () => number`. */
  next: () => number;
  /** Uniform in [min, max). */
  uniform(min: number, max: number): number;
  /** Exponential: the time between two arrivals of a Poisson process. Never infinite. */
  exponential(mean: number): number;
  /** Normal (Marsaglia's polar method). */
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
    exponential: (mean) => -mean * ln(1 - next()),
    normal: (mean, deviation) => {
      for (;;) {
        const x = 2 * next() - 1;
        const y = 2 * next() - 1;
        const square = x * x + y * y;
        if (square > 0 && square < 1)
          return mean + deviation * x * Math.sqrt((-2 * ln(square)) / square);
      }
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

/** Natural logarithm of a positive number of at most 1: powers of two split off, then 2 artanh((m − 1) / (m + 1)) for m in (√½, √2]. */
export function ln(value: number): number {
  let mantissa = value;
  let powers = 0;
  for (; mantissa <= Math.SQRT1_2; powers++) mantissa *= 2;
  const ratio = (mantissa - 1) / (mantissa + 1);
  const square = ratio * ratio;
  let sum = 0;
  for (let term = 21; term >= 1; term -= 2) sum = sum * square + 1 / term;
  return 2 * ratio * sum - powers * Math.LN2;
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
