import * as nodeFs from 'node:fs/promises';
import type { DiskFs } from '../../../../src/plan/places.ts';

const CHANGING = [
  'chmod',
  'copyFile',
  'link',
  'mkdir',
  'rename',
  'rmdir',
  'unlink',
  'writeFile',
] as const;
const READING = ['access', 'lstat', 'readFile', 'realpath'] as const;

/** The file system, with something that happens before or after each operation that changes it. */
export function hookedFs(
  before: (operation: string, count: number) => unknown,
  after: (operation: string, count: number) => unknown = () => {},
): DiskFs {
  let count = 0;
  const hooked = Object.fromEntries(
    CHANGING.map((name) => [
      name,
      async (...args: unknown[]) => {
        const number = ++count;
        await before(name, number);
        const result = await (nodeFs[name] as (...args: unknown[]) => Promise<unknown>)(...args);
        await after(name, number);
        return result;
      },
    ]),
  );
  const plain = Object.fromEntries(READING.map((name) => [name, nodeFs[name]]));
  return { ...plain, ...hooked } as unknown as DiskFs;
}
