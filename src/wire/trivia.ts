/** End of the code and comments of the line on which `at` stands, given that only spaces and comments follow; `at` itself when code does. */
export function lineContentEnd(text: string, at: number): number {
  const rest = /^(?:[ \t]|\/\*[^\n]*?\*\/)*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(at))?.[0];
  return rest === undefined ? at : at + rest.trimEnd().length;
}

/** Whether only white space and comments follow on the line. */
export const endsLine = (text: string, at: number): boolean =>
  /^(?:[ \t]|\/\*[^\n]*?\*\/)*(?:\/\/[^\r\n]*)?(?:\r?\n|$)/.test(text.slice(at));

/** Whether an empty line stands somewhere in the white space and comments between two positions. */
export const hasBlankLine = (text: string, start: number, end: number): boolean =>
  /\n[ \t]*\r?\n/.test(text.slice(start, end));
