import { PlanError } from './errors.ts';

/** The spellings of an instance's name. `kebab` is its identity: `order-email` and `orderEmail` are the same instance. */
export interface Names {
  readonly camel: string;
  readonly pascal: string;
  readonly kebab: string;
  readonly constant: string;
}

/** Words of ECMAScript and TypeScript that cannot name a variable in a module, and the globals that must not be shadowed. */
const RESERVED = new Set(
  (
    'arguments await break case catch class const continue debugger default delete do else enum eval export extends false ' +
    'finally for function globalThis if implements import in infinity instanceof interface let nan new null package private ' +
    'protected public return static super switch this throw true try typeof undefined var void while with yield'
  ).split(' '),
);

/** File names that Windows refuses, whatever the extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)$/;

const MAX_LENGTH = 60;

/** `HTTPServer2` is `HTTP`, `Server2`; digits stay with the word that they follow. */
const WORD = /[A-Z]+(?![a-z])\d*|[A-Z]?[a-z]+\d*|\d+/g;

/**
 * Spells an instance's name in each case.
 * @throws PlanError `BAD_NAME` when the name is not made of ASCII letters, digits, `-` and `_` beginning with a letter,
 * is a reserved word, or is no file name on every system.
 */
export function instanceNames(name: string): Names {
  const refuse = (why: string): never => {
    const words = name
      .match(/[A-Za-z0-9]+/g)
      ?.join('-')
      .replace(/^[\d-]+/, '');
    const better =
      words !== undefined && words !== name && words !== '' ? ` such as "${words}"` : '';
    throw new PlanError(
      'BAD_NAME',
      `"${name}" cannot name an instance: ${why}. Nothing was written.`,
      `Give a name${better} that begins with a letter and has only letters, digits and hyphens, for example "order-email".`,
    );
  };
  if (name === '') return refuse('it is empty');
  if (name.length > MAX_LENGTH) return refuse(`it is longer than ${MAX_LENGTH} characters`);
  if (!/^[A-Za-z]/.test(name)) return refuse('it does not begin with a letter');
  const odd = /[^A-Za-z0-9_-]/.exec(name);
  if (odd) return refuse(`it contains ${odd[0] === ' ' ? 'a space' : `"${odd[0]}"`}`);

  const words = (name.match(WORD) ?? []).map((word) => word.toLowerCase());
  const kebab = words.join('-');
  if (RESERVED.has(kebab)) return refuse('it is a reserved word');
  if (DEVICE.test(kebab)) return refuse('Windows keeps it for a device');
  const pascal = words.map((word) => word[0]!.toUpperCase() + word.slice(1)).join('');
  return {
    camel: pascal[0]!.toLowerCase() + pascal.slice(1),
    pascal,
    kebab,
    constant: words.join('_').toUpperCase(),
  };
}

/** `cache-store` -> `cacheStore`: how templates name a port. */
export function camelCase(kebab: string): string {
  return kebab.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase());
}
