import type { WiringSpec } from '../catalog/types.ts';
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
