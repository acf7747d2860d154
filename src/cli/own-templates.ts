import { join, posix } from 'node:path';
import { OWN_TEMPLATES, type OwnTemplates, present } from '../catalog/own.ts';
import type { Catalog } from '../catalog/types.ts';
import { loadCatalog } from '../catalog/load.ts';
import type { Arguments } from './usage.ts';
import { foldersTo, fromCwd, workplace, type Workplace } from './workplace.ts';

/**
 * The own templates of a place that are there: those of the root around it, then of the package, then of the folders on the way to a path
 * below it. Where there are none, this costs a stat for each.
 * @param to workspace path of a target or an output folder
 */
export async function ownTemplates(
  place: Workplace,
  { ownTemplates: wanted }: Pick<Arguments, 'ownTemplates'>,
  to?: string,
): Promise<readonly OwnTemplates[]> {
  if (!wanted) return [];
  const folders = ['', ...foldersTo(place, to)];
  return present(
    folders.map((folder) => ({
      dir: join(place.root, folder, OWN_TEMPLATES),
      name: fromCwd(place, posix.join(folder, OWN_TEMPLATES)),
    })),
  );
}

/** The catalogue for commands that only read it: the engine is loaded only for the check of own templates. */
export async function readCatalog(
  templatesDir: string,
  args: Pick<Arguments, 'cwd' | 'ownTemplates'>,
): Promise<Catalog> {
  const own = args.ownTemplates ? await ownTemplates(await workplace(args.cwd ?? '.'), args) : [];
  if (own.length === 0) return loadCatalog(templatesDir);
  const { createEngine } = await import('../engine.ts');
  return createEngine({ templatesDir, ownTemplates: own }).catalog();
}
