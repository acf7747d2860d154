import { printable } from '../paths.ts';
import { type Insertion, linesBehind } from './insertion.ts';

export interface Variable {
  readonly name: string;
  /** What the code takes where it is not set. */
  readonly value: string;
}

/** In characters. */
const MAX_VALUE = 1_000;

/** Adds a variable at the end, unless the file has it, be it commented out. */
export function addVariable(text: string, { name, value }: Variable): Insertion {
  if (!/^[A-Za-z_]\w{0,199}$/.test(name) || value.length > MAX_VALUE) {
    const reason = `"${printable(name)}" is no name of a variable, or its value is too long`;
    return { status: 'manual', reason, snippet: `${printable(name)}=${quoted(value)}`, line: 1 };
  }
  if (hasVariable(text, name)) return { status: 'already' };
  const end = text.length - (/\r?\n$/.exec(text)?.[0].length ?? 0);
  return { status: 'wired', edit: linesBehind(text, end, [`${name}=${quoted(value)}`]) };
}

export function hasVariable(text: string, name: string): boolean {
  return new RegExp(`^[ \\t]*#?[ \\t]*(export[ \\t]+)?${name}[ \\t]*=`, 'm').test(text);
}

/** Bare, where every reader of such files takes it as it is. */
function quoted(value: string): string {
  return /^[\w.:/@%?&=+,~-]*$/.test(value) ? value : JSON.stringify(value);
}
