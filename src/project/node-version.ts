import { asObject, asString } from './json.ts';
import { majorOf } from './modules.ts';
import { rangeOf, type Package } from './package.ts';
import { join, type Reader } from './reader.ts';

/** Lowest Node major that the project says it supports; `running` when it says nothing. */
export async function nodeMajorOf(
  reader: Reader,
  packages: readonly (Package | undefined)[],
  running: number,
): Promise<number> {
  for (const found of packages) {
    const range = asString(asObject(found?.json['engines'])['node']);
    const major = range === undefined ? undefined : majorOf(range);
    // `*` and `<25` say nothing about the lowest.
    if (major !== undefined && major > 0) return major;
  }
  for (const found of packages) {
    const major = found && (await pinnedMajor(reader, found.dir));
    if (major !== undefined) return major;
  }
  const types = rangeOf('@types/node', packages);
  const major = types === undefined ? undefined : majorOf(types);
  if (major !== undefined && major > 0) {
    reader.note(`No "engines" names a Node version: ${major} is assumed from @types/node.`);
    return major;
  }
  reader.note(`The project names no Node version: ${running}, the running one, is assumed.`);
  return running;
}

/** `.nvmrc` and `.node-version` hold `v20.11.0`, `20`, or a name such as `lts/*` that tells no number. */
async function pinnedMajor(reader: Reader, dir: string): Promise<number | undefined> {
  for (const name of ['.nvmrc', '.node-version']) {
    const major = (await reader.read(join(dir, name)))?.match(/^\s*v?(\d+)/)?.[1];
    if (major !== undefined) return Number(major);
  }
  return undefined;
}
