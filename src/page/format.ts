import type { Figure } from '../demo/types.ts';

/** Three significant digits below 100, whole numbers from there, thousands grouped: what can be read while it changes. */
export function number(value: number, locale = 'en'): string {
  const size = Math.abs(value);
  const maximumFractionDigits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
  return new Intl.NumberFormat(locale, { maximumFractionDigits }).format(value);
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

/** How the pattern does on a figure, by its own measure; `same` where there is nothing to judge. */
export function verdict(better: Figure['better'], withIt: number, without: number): Verdict {
  switch (better) {
    case 'neither':
      return 'same';
    case 'zero':
      return withIt === 0 ? 'better' : 'worse';
    case 'lower':
      return withIt === without ? 'same' : withIt < without ? 'better' : 'worse';
    case 'higher':
      return withIt === without ? 'same' : withIt > without ? 'better' : 'worse';
  }
}
