import type { Figure } from '../demo/types.ts';

/** Three significant digits below 100, whole numbers from there, thousands grouped: what can be read while it changes. */
export function number(value: number): string {
  const size = Math.abs(value);
  const maximumFractionDigits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  return new Intl.NumberFormat('en', { maximumFractionDigits }).format(value);
}

/** `120 ms`, `97 %`, `312/s`; `–` where nothing was measured. */
export function quantity(value: number | null | undefined, unit: string): string {
  if (value === null || value === undefined) return '–';
  const text = number(value);
  if (unit === '') return text;
  return unit.startsWith('/') ? `${text}${unit}` : `${text} ${unit}`;
}

/** `one minute`, `90 seconds`. */
export function span(ms: number): string {
  return ms === 60_000 ? 'one minute' : `${number(ms / 1_000)} seconds`;
}

export type Verdict = 'better' | 'worse' | 'same';

/** Two runs that differ by less than this share of the larger are the same: it is within the noise of the load. */
const noise = 0.03;

/** How the pattern does on a figure, by its own measure; `same` where there is nothing to judge. */
export function verdict(better: Figure['better'], withIt: number, without: number): Verdict {
  if (better === 'neither') return 'same';
  if (better === 'zero') return withIt === 0 ? 'better' : 'worse';
  const gap = better === 'lower' ? without - withIt : withIt - without;
  if (Math.abs(gap) <= noise * Math.max(Math.abs(withIt), Math.abs(without))) return 'same';
  return gap > 0 ? 'better' : 'worse';
}
