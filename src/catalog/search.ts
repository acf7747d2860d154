import type { PatternManifest } from './types.ts';

/** How much a word of the query is worth, by where it is found and how well it fits there. */
const FIELDS = [
  { weight: 10, words: (p: PatternManifest) => [...words(p.title), ...words(p.id)] },
  { weight: 5, words: (p: PatternManifest) => p.keywords.flatMap(words) },
  { weight: 2, words: (p: PatternManifest) => [...words(p.intent), p.family] },
] as const;

/** A phrase that is the title, id or a keyword as a whole. */
const EXACT = 30;

/**
 * Patterns that answer the query, best first: those in which the most words of it are found, in title, keywords or intent, whole, as the beginning
 * of a word, or, from four letters on, with one letter wrong. An empty query gives all, in the given order.
 */
export function searchPatterns<P extends PatternManifest>(
  patterns: Iterable<P>,
  query: string,
): readonly P[] {
  const wanted = [...new Set(words(query))];
  const scored = [...patterns].map((pattern) => ({ pattern, ...score(pattern, wanted) }));
  const most = Math.max(0, ...scored.map(({ found }) => found));
  if (most === 0 && wanted.length > 0) return [];
  return scored
    .filter(({ found }) => found === most)
    .sort((a, b) => b.points - a.points)
    .map(({ pattern }) => pattern);
}

function score(pattern: PatternManifest, wanted: readonly string[]) {
  const phrase = wanted.join(' ');
  const names = [pattern.title, pattern.id, ...pattern.keywords];
  const points = wanted.map((word) =>
    Math.max(...FIELDS.map(({ weight, words }) => weight * fit(word, words(pattern)))),
  );
  return {
    found: points.filter((point) => point > 0).length,
    points: points.reduce(
      (sum, point) => sum + point,
      names.some((name) => words(name).join(' ') === phrase) ? EXACT : 0,
    ),
  };
}

function fit(wanted: string, present: readonly string[]): number {
  if (present.includes(wanted)) return 1;
  if (present.some((word) => word.startsWith(wanted))) return 0.7;
  return wanted.length >= 4 && present.some((word) => oneEditApart(wanted, word)) ? 0.4 : 0;
}

/** One letter replaced, missing, too many, or two neighbours swapped. */
function oneEditApart(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  let start = 0;
  while (start < a.length && a[start] === b[start]) start++;
  const [restA, restB] = [a.slice(start), b.slice(start)];
  return (
    restA.slice(1) === restB.slice(1) ||
    restA.slice(1) === restB ||
    restA === restB.slice(1) ||
    (restA[0] === restB[1] && restA[1] === restB[0] && restA.slice(2) === restB.slice(2))
  );
}

const STOP = new Set([
  'a',
  'an',
  'and',
  'in',
  'is',
  'it',
  'its',
  'of',
  'on',
  'or',
  'that',
  'the',
  'to',
  'with',
]);

function words(text: string): string[] {
  const all = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  const telling = all.filter((word) => !STOP.has(word));
  return telling.length > 0 ? telling : all;
}
