import { copyFile, link, mkdir, readdir, readlink, symlink } from 'node:fs/promises';
import { join } from 'node:path';

/** Copies a project: its own files as copies, what stands in a `node_modules` as hard links. Both on one file system. */
export async function linkTree(from: string, to: string, isInstalled = false): Promise<void> {
  await mkdir(to, { recursive: true });
  const entries = await readdir(from, { withFileTypes: true });
  await Promise.all(
    entries.map(async (entry) => {
      const source = join(from, entry.name);
      const target = join(to, entry.name);
      if (entry.isDirectory()) {
        await linkTree(source, target, isInstalled || entry.name === 'node_modules');
      } else if (entry.isSymbolicLink()) {
        await symlink(await readlink(source), target);
      } else {
        await (isInstalled ? link(source, target) : copyFile(source, target));
      }
    }),
  );
}
