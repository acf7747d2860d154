import jsTokens from 'js-tokens';
import type { Style } from '../project/types.ts';

/**
 * Puts string literals between the preferred quotes as Prettier does: the other kind where that needs fewer backslashes. Takes text that Prettier wrote
 * with either preference; nothing else of it depends on the quotes, so there is no need to format it again, which takes more than ten times as long, once it is loaded.
 */
export function requote(text: string, preferred: Style['quotes']): string {
  let result = '';
  for (const { type, value } of jsTokens(text)) {
    result += type === 'StringLiteral' ? requoteLiteral(value, preferred) : value;
  }
  return result;
}

function requoteLiteral(literal: string, preferred: Style['quotes']): string {
  const content = literal.slice(1, -1);
  const count = (quote: string) => content.split(quote).length - 1;
  const [wanted, other] = preferred === 'single' ? ["'", '"'] : ['"', "'"];
  const quote = count(wanted) > count(other) ? other : wanted;
  const escaped = content.replace(
    /\\(.)|["']/gs,
    (found: string, character: string | undefined) => {
      if (character === "'" || character === '"') {
        return character === quote ? found : character;
      }
      return found === quote ? `\\${found}` : found;
    },
  );
  return quote + escaped + quote;
}
