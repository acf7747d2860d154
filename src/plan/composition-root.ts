import type { WiringSpec } from '../catalog/types.ts';
import { join } from '../project/reader.ts';
import type { ProjectFiles, ProjectProfile } from '../project/types.ts';
import type { Recipe, SourceText } from '../wire/types.ts';

/**
 * The file in which the recipes for the composition root are to work, where it is certain which one that is: of the files that start or
 * make the application the only one in which a recipe finds a place, else the one that is the target, else the only one there is.
 */
export async function compositionRoot(
  wiring: readonly WiringSpec[],
  recipes: ReadonlyMap<string, Recipe>,
  profile: ProjectProfile,
  files: ProjectFiles,
  target: string | undefined,
): Promise<SourceText | undefined> {
  const own = wiring.filter(({ on }) => on === 'composition-root');
  if (own.length === 0) return undefined;
  const entries = await Promise.all(
    profile.entries.map(async (path) => ({ path, text: (await files.read(path)) ?? '' })),
  );
  const fitting = entries.filter((file) =>
    own.some(
      ({ recipe, params }) =>
        (recipes.get(recipe)?.candidates(file, profile, params) ?? []).length > 0,
    ),
  );
  const candidates = fitting.length > 0 ? fitting : entries;
  return candidates.length === 1 ? candidates[0] : candidates.find(({ path }) => path === target);
}

/** Where code for the composition root is written for when none was found. */
export interface UsualRoot {
  readonly path: string;
  /** It may well be the one: a program without a server does not show. */
  readonly isThere: boolean;
}

const USUAL_NAMES = ['main', 'index', 'server', 'app'];

/** The first file of a usual name that is there, else the one that would be expected. */
export async function usualRoot(
  { sourceDir, packageDir, language }: ProjectProfile,
  files: ProjectFiles,
): Promise<UsualRoot> {
  const extension = language === 'javascript' ? 'js' : 'ts';
  const paths = [...new Set([sourceDir, packageDir])].flatMap((dir) =>
    USUAL_NAMES.map((name) => join(dir, `${name}.${extension}`)),
  );
  for (const path of paths) {
    if ((await files.read(path)) !== undefined) return { path, isThere: true };
  }
  return { path: paths[0]!, isThere: false };
}
