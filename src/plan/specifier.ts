import { specifier as specifierOf } from '../project/specifier.ts';
import type { ProjectProfile } from '../project/types.ts';

/**
 * The import specifier for a workspace file, as the importing file writes it: by alias where it imports through that alias already and the path
 * would climb, else relative, which always works.
 *
 * @param fromFile workspace path of the importing file, POSIX, without a leading slash
 * @param toFile workspace path of the imported file, with its extension
 * @param fromText the importing file's text, as far as it exists already
 */
export function specifier(
  fromFile: string,
  toFile: string,
  profile: Pick<ProjectProfile, 'importExtension' | 'moduleSystem' | 'aliases' | 'packageDir'>,
  fromText = '',
): string {
  const relative = specifierOf(profile, fromFile, toFile);
  if (!relative.startsWith('../')) return relative;
  const used = profile.aliases.filter(
    ({ prefix }) => fromText.includes(`'${prefix}`) || fromText.includes(`"${prefix}`),
  );
  return specifierOf({ ...profile, aliases: used }, fromFile, toFile, { alias: true });
}
