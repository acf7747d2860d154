import { parse, type ParseError } from 'jsonc-parser';

/** A parsed JSON object of unknown shape: workspace files are untrusted, so every field is checked where it is read. */
export type JsonObject = Readonly<Record<string, unknown>>;

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function asObject(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

export function asString(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

/** The strings of an array, or of a lone string; anything else is left out. */
export function asStrings(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
}

/** The entries of an object that are strings, e.g. `dependencies`. */
export function stringRecord(value: unknown): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(asObject(value)).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
}

/** JSON with comments, trailing commas and a byte order mark, as tsconfig files are written; undefined when it is not an object. */
export function parseJsonc(text: string): JsonObject | undefined {
  const errors: ParseError[] = [];
  const value: unknown = parse(text.replace(/^\uFEFF/, ''), errors, {
    allowTrailingComma: true,
    disallowComments: false,
  });
  return errors.length === 0 && isObject(value) ? value : undefined;
}
