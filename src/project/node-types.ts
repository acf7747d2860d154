import { asStrings } from './json.ts';
import { majorOf, type ModuleFacts } from './modules.ts';
import { rangeOf } from './package.ts';
import type { Reader } from './reader.ts';

/** Generated code imports `node:` modules: says what the project lacks for the compiler to know them. */
export function noteNodeTypes(
  reader: Reader,
  { config, packages }: Pick<ModuleFacts, 'config' | 'packages'>,
): void {
  if (rangeOf('@types/node', packages) === undefined) {
    reader.note('@types/node is not a dependency: the compiler may not know "node:" modules.');
    return;
  }
  const typescript = rangeOf('typescript', packages);
  const stated = config.options['types'];
  const takesAll = stated === undefined && (majorOf(typescript ?? '') ?? 0) < 6;
  const named = asStrings(stated).some((name) => name === '*' || /^(@types\/)?node$/.test(name));
  if (takesAll || named || config.missing.length > 0) return;
  reader.note(
    `${config.path} does not name "node" in "types": the compiler may not know "node:" modules.`,
  );
}
