/** Closed formulas that a demo's numbers are checked against. Rates are per second, times in milliseconds. */

export interface Queue {
  /** Offered load per server; at 1 or above the queue has no steady state. */
  readonly utilisation: number;
  /** Probability that an arrival waits (Erlang C). */
  readonly waitProbability: number;
  /** Mean wait before service. */
  readonly waitMs: number;
  /** The time below which `percent` % of arrivals have been served (wait and service). */
  responsePercentileMs(percent: number): number;
}

/**
 * M/M/c: Poisson arrivals, exponential service, `servers` in parallel, first come first served (A. K. Erlang, 1917; L. Kleinrock,
 * Queueing Systems I, 3.5). Throws `RangeError` when arrivals come as fast as they can be served, or faster.
 */
export function erlangC(servers: number, arrivalRate: number, serviceRate: number): Queue {
  const offered = arrivalRate / serviceRate;
  const utilisation = offered / servers;
  if (utilisation >= 1) throw new RangeError(`no steady state at utilisation ${utilisation}`);
  // Erlang B by its recurrence, which needs no factorials.
  let blocked = 1;
  for (let n = 1; n <= servers; n++) blocked = (offered * blocked) / (n + offered * blocked);
  const waitProbability = blocked / (1 - utilisation * (1 - blocked));
  const spare = servers - offered;
  return {
    utilisation,
    waitProbability,
    waitMs: (1_000 * waitProbability) / (spare * serviceRate),
    responsePercentileMs(percent) {
      const late = (seconds: number): number => {
        const served = Math.exp(-serviceRate * seconds);
        const beyond = serviceRate * (spare - 1);
        const waited =
          Math.abs(spare - 1) < 1e-9
            ? serviceRate * seconds
            : -Math.expm1(-beyond * seconds) / (spare - 1);
        return served * (1 + waitProbability * waited);
      };
      return 1_000 * bisect((seconds) => late(seconds) - (1 - percent / 100));
    },
  };
}

/** Little's law: what is inside, on average, is what comes in per second times how long it stays. */
export function littlesLaw(arrivalRate: number, stayMs: number): number {
  return (arrivalRate * stayMs) / 1_000;
}

/** A burst into a queue that is emptied at a capped rate, as a fluid: base < cap < burst. */
export function fluidBurst(load: {
  readonly baseRate: number;
  readonly burstRate: number;
  readonly burstMs: number;
  readonly capRate: number;
}): { readonly backlog: number; readonly drainMs: number; readonly worstWaitMs: number } {
  const backlog = ((load.burstRate - load.capRate) * load.burstMs) / 1_000;
  return {
    backlog,
    drainMs: (1_000 * backlog) / (load.capRate - load.baseRate),
    worstWaitMs: (1_000 * backlog) / load.capRate,
  };
}

/**
 * Loads of one key within `spanMs`, from an empty cache with single flight under Poisson reads: a load is good for `ttlMs` from its start, and the
 * next read after that starts the next. So the n-th load comes after n − 1 lives and n gaps between reads; exact.
 */
export function ttlLoads(
  readRate: number,
  ttlMs: number,
  spanMs: number,
): { readonly mean: number; readonly variance: number } {
  let mean = 0;
  let square = 0;
  for (let n = 1; (n - 1) * ttlMs < spanMs; n++) {
    const atLeastN = 1 - poissonBelow(n, (readRate * (spanMs - (n - 1) * ttlMs)) / 1_000);
    if (atLeastN < 1e-12) break;
    mean += atLeastN;
    square += (2 * n - 1) * atLeastN;
  }
  return { mean, variance: square - mean * mean };
}

/** The same per second, in the long run (renewal theorem). */
export function ttlLoadRate(readRate: number, ttlMs: number): number {
  return readRate / (1 + (readRate * ttlMs) / 1_000);
}

/**
 * Loads per second of one key when every reader that misses loads (no single flight): the reads that come during the first load
 * load too, and the copy is good for `ttlMs` from the end of the last of those (each writes it again).
 */
export function stampedeLoadRate(readRate: number, loadMs: number, ttlMs: number): number {
  const perSecond = readRate / 1_000;
  const joined = 1 + perSecond * loadMs;
  return (1_000 * joined) / (1 / perSecond + ttlMs + loadMs + lastOf(perSecond, loadMs));
}

/** Probability of fewer than `count` events where `mean` are expected. */
function poissonBelow(count: number, mean: number): number {
  let term = Math.exp(-mean);
  let sum = 0;
  for (let k = 0; k < count; k++) {
    sum += term;
    term *= mean / (k + 1);
  }
  return sum;
}

/** Half-width of the interval that holds a Poisson count with that mean, at `sigmas` standard deviations. */
export function poissonTolerance(mean: number, sigmas = 4): number {
  return sigmas * Math.sqrt(mean);
}

/** Mean time from the start of a window to the last of the Poisson arrivals in it (0 when there is none). */
function lastOf(perMs: number, windowMs: number): number {
  return windowMs + Math.expm1(-perMs * windowMs) / perMs;
}

/** Where a falling function that starts above 0 crosses it, for an argument of 0 or more. */
function bisect(falling: (x: number) => number): number {
  let high = 1;
  while (falling(high) > 0) high *= 2;
  let low = 0;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (falling(middle) > 0) low = middle;
    else high = middle;
  }
  return high;
}
