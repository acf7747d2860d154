import type { Catalog, OptionSpec, Pattern, ScaffoldSpec } from '../catalog/types.ts';
import { PlanError } from './errors.ts';
import { printable } from './paths.ts';
import type { ScaffoldRequest } from './types.ts';

export type ScaffoldablePattern = Pattern & { readonly scaffold: ScaffoldSpec };
export type OptionValue = string | number | boolean;

/** @throws PlanError `UNKNOWN_PATTERN`, `NOT_SCAFFOLDABLE` */
export function resolvePattern(catalog: Catalog, id: string): ScaffoldablePattern {
  const pattern = catalog.patterns.get(id);
  if (pattern === undefined) throw unknownPattern(catalog, id);
  const { scaffold } = pattern;
  if (scaffold === undefined) {
    throw new PlanError(
      'NOT_SCAFFOLDABLE',
      `"${id}" is described but cannot be scaffolded yet. Nothing was written.`,
      `Read about it with "patternsmith show ${id}", or take one that can be scaffolded.`,
      [...catalog.patterns.values()].filter((other) => other.scaffold).map((other) => other.id),
    );
  }
  return { ...pattern, scaffold };
}

export function unknownPattern(catalog: Catalog, id: string): PlanError {
  return new PlanError(
    'UNKNOWN_PATTERN',
    `There is no pattern "${printable(id)}". Nothing was written.`,
    'Take one of the ids, or look for one with "patternsmith search WORDS".',
    closest(id, [...catalog.patterns.keys()]),
  );
}

/** The engine asked for, else the first embedded one: it runs at once. @throws PlanError `UNKNOWN_ENGINE` */
export function resolveEngine(pattern: Pattern, asked: string | undefined): string {
  const engine = asked ?? pattern.engines[0];
  if (engine !== undefined && pattern.engines.includes(engine)) return engine;
  throw new PlanError(
    'UNKNOWN_ENGINE',
    `${pattern.title} has no engine "${printable(asked ?? '')}". Nothing was written.`,
    'Take one of its engines; leave --engine out for the one that needs no server.',
    pattern.engines,
  );
}

/**
 * Every option with its value: the one given, else the recorded, else the default. Text is converted to the option's type.
 * @throws PlanError `UNKNOWN_OPTION`, `BAD_OPTION`
 */
export function resolveOptions(
  specs: readonly OptionSpec[],
  given: NonNullable<ScaffoldRequest['options']>,
  recorded: Readonly<Record<string, OptionValue>> = {},
): Readonly<Record<string, OptionValue>> {
  const ids = specs.map((spec) => spec.id);
  const unknown = Object.keys(given).find((id) => !ids.includes(id));
  if (unknown !== undefined) {
    throw new PlanError(
      'UNKNOWN_OPTION',
      `There is no option "${printable(unknown)}". Nothing was written.`,
      ids.length > 0 ? 'Take one of its options.' : 'This pattern has no options.',
      ids,
    );
  }
  const own = (record: Readonly<Record<string, OptionValue>>, id: string) =>
    Object.hasOwn(record, id) ? record[id] : undefined;
  return Object.fromEntries(
    specs.map((spec) => [
      spec.id,
      checked(spec, own(given, spec.id) ?? own(recorded, spec.id) ?? spec.default),
    ]),
  );
}

function checked(spec: OptionSpec, value: OptionValue): OptionValue {
  const converted = convert(spec, value);
  if (converted !== undefined && isAllowed(spec, converted)) return converted;
  throw new PlanError(
    'BAD_OPTION',
    `The option "${spec.id}" cannot be "${printable(String(value))}": it is ${expectation(spec)}. Nothing was written.`,
    `Leave it out for ${String(spec.default)}. ${spec.description}`,
    (spec.enum ?? []).map(String),
  );
}

function convert(spec: OptionSpec, value: OptionValue): OptionValue | undefined {
  switch (spec.type) {
    case 'string':
      return String(value);
    case 'boolean':
      if (typeof value === 'boolean') return value;
      return value === 'true' ? true : value === 'false' ? false : undefined;
    case 'integer':
    case 'number': {
      const text = String(value).trim().replaceAll('_', '');
      const number = /^[-+]?(\d+\.?\d*|\.\d+)(e[-+]?\d+)?$/i.test(text) ? Number(text) : NaN;
      const whole = spec.type === 'number' || Number.isSafeInteger(number);
      return Number.isFinite(number) && whole ? number : undefined;
    }
  }
}

/** Values go into source code as they are, so text may hold nothing that ends a string, a template or a comment. */
const UNSAFE_TEXT = /[\p{C}\p{Zl}\p{Zp}'"`\\]|\$\{|\*\//u;

function isAllowed(spec: OptionSpec, value: OptionValue): boolean {
  if (typeof value === 'string' && UNSAFE_TEXT.test(value)) return false;
  if (spec.enum !== undefined) return (spec.enum as readonly OptionValue[]).includes(value);
  if (typeof value !== 'number') return true;
  return value >= (spec.minimum ?? -Infinity) && value <= (spec.maximum ?? Infinity);
}

function expectation(spec: OptionSpec): string {
  if (spec.enum !== undefined) return `one of ${spec.enum.join(', ')}`;
  if (spec.type === 'boolean') return 'true or false';
  if (spec.type === 'string') return 'text on one line, without quotes, backslashes, "${" and "*/"';
  const kind = spec.type === 'integer' ? 'a whole number' : 'a number';
  const least = spec.minimum === undefined ? '' : ` of at least ${spec.minimum}`;
  const most = spec.maximum === undefined ? '' : ` of at most ${spec.maximum}`;
  return `${kind}${least}${least && most ? ' and' : ''}${most}`;
}

/** Up to eight ids, the most similar first. */
export function closest(word: string, ids: readonly string[]): readonly string[] {
  const wanted = pairs(word.slice(0, 100).toLowerCase());
  return ids
    .map((id) => ({ id, score: overlap(wanted, pairs(id)) }))
    .toSorted((a, b) => b.score - a.score || (a.id < b.id ? -1 : 1))
    .slice(0, 8)
    .map(({ id }) => id);
}

function pairs(word: string): ReadonlySet<string> {
  return new Set(
    Array.from({ length: Math.max(word.length - 1, 0) }, (_, i) => word.slice(i, i + 2)),
  );
}

/** Dice's coefficient of two sets. */
function overlap(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((pair) => b.has(pair)).length;
  return (2 * common) / (a.size + b.size || 1);
}
