import { posix } from 'node:path';
import type { ProjectProfile } from '../project/types.ts';

/** What a `.ts` file's extension becomes in an import, by the project's way to write it. */
const EXTENSION = /\.(m|c)?(ts|js)x?$/;

/**
 * The import specifier for a workspace file, as the project writes it.
 * A `paths` alias is used where the importing file already imports through it, else the path is relative: that always works.
 *
 * @param fromFile workspace path of the importing file, POSIX, without a leading slash
 * @param toFile workspace path of the imported file, with its extension
 * @param fromText the importing file's text, as far as it exists already
 */
export function specifier(
  fromFile: string,
  toFile: string,
  profile: Pick<ProjectProfile, 'importExtension'> & Partial<Pick<ProjectProfile, 'aliases'>>,
  fromText = '',
): string {
  const path = relativePath(
    posix.dirname(fromFile),
    withExtension(toFile, profile.importExtension),
  );
  if (!path.startsWith('../')) return path;
  for (const { prefix, dir } of profile.aliases ?? []) {
    const inside = dir === '' || toFile.startsWith(dir.endsWith('/') ? dir : `${dir}/`);
    const used = fromText.includes(`'${prefix}`) || fromText.includes(`"${prefix}`);
    if (inside && used) {
      const below = posix.relative(dir === '' ? '.' : dir, toFile);
      return prefix + withExtension(below, profile.importExtension);
    }
  }
  return path;
}

/** Replaces the extension of a script by the one that imports end in; `.mts` and `.cts` keep their letter. */
export function withExtension(path: string, extension: ProjectProfile['importExtension']): string {
  return path.replace(EXTENSION, (_, letter: string | undefined) => {
    if (letter !== undefined) return extension === '.ts' ? `.${letter}ts` : `.${letter}js`;
    return extension;
  });
}

/** `./x` or `../x`, never bare. */
export function relativePath(fromDir: string, to: string): string {
  const path = posix.relative(fromDir, to);
  return path.startsWith('../') ? path : `./${path}`;
}
