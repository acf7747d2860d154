import { styleEvidence, type StyleEvidence } from './style-evidence.ts';
import type { Style } from './types.ts';

/** Prettier's defaults: what a project has that shows nothing else. */
export const DEFAULT_STYLE: Style = {
  quotes: 'single',
  semicolons: true,
  indent: 2,
  eol: '\n',
  trailingCommas: 'all',
  printWidth: 80,
  bracketSpacing: true,
  arrowParens: 'always',
};

/** This many lines beyond a width show that it is not the limit. */
const LONG_LINES = 3;

/** The style of one source text; a field that the text does not show is taken from `fallback`, the project's style. */
export function detectStyle(text: string, fallback: Style): Style {
  return detectCommonStyle([text], fallback);
}

/** The style that most of the texts' lines follow. */
export function detectCommonStyle(texts: readonly string[], fallback: Style): Style {
  const all = texts.map(styleEvidence);
  const pick = <Field extends keyof StyleEvidence & keyof Style>(field: Field): Style[Field] =>
    winner(
      all.map((evidence) => evidence[field] as Map<Style[Field], number>),
      fallback[field],
    );
  return {
    quotes: pick('quotes'),
    semicolons: pick('semicolons'),
    indent: pick('indent'),
    ...(fallback.tabWidth !== undefined && { tabWidth: fallback.tabWidth }),
    eol: pick('eol'),
    trailingCommas: pickTrailingCommas(all, fallback),
    printWidth: pickPrintWidth(all, fallback),
    bracketSpacing: pick('bracketSpacing'),
    arrowParens: pick('arrowParens'),
  };
}

/** The value with most votes; `fallback` on none and on a draw that it takes part in. */
function winner<Value>(ballots: readonly Map<Value, number>[], fallback: Value): Value {
  const votes = new Map<Value, number>();
  for (const ballot of ballots) {
    for (const [value, count] of ballot) votes.set(value, (votes.get(value) ?? 0) + count);
  }
  let best = fallback;
  for (const [value, count] of votes) {
    if (count > (votes.get(best) ?? 0)) best = value;
  }
  return best;
}

function pickTrailingCommas(
  all: readonly StyleEvidence[],
  fallback: Style,
): Style['trailingCommas'] {
  const inLists = winner(
    all.map((evidence) => evidence.trailingCommas),
    fallback.trailingCommas,
  );
  const inArguments = winner<boolean | undefined>(
    all.map((evidence) => evidence.argumentCommas),
    undefined,
  );
  if (inLists === 'none') return inArguments ? 'all' : 'none';
  if (inArguments !== undefined) return inArguments ? 'all' : 'es5';
  return fallback.trailingCommas === 'none' ? 'es5' : fallback.trailingCommas;
}

/** Lines longer than the usual limits raise the width; short lines do not lower it, they only fit. */
function pickPrintWidth(all: readonly StyleEvidence[], fallback: Style): number {
  const widths = all.flatMap((evidence) => evidence.widths);
  const limits = [fallback.printWidth, 100, 120].filter((limit) => limit >= fallback.printWidth);
  const longer = (limit: number) => widths.filter((width) => width > limit).length;
  return limits.find((limit) => longer(limit) < LONG_LINES) ?? Math.max(...limits);
}
