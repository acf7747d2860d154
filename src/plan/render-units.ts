import type { ProjectProfile } from '../project/types.ts';
import { confined } from './paths.ts';
import { isRendered, renderFile } from './render.ts';
import type { Rendered } from './reconcile.ts';
import type { Pattern, ScaffoldSpec } from '../catalog/types.ts';
import type { Made } from './settle.ts';
import { isShared, type Unit } from './units.ts';

/** The files of a unit, as they will stand in the project. */
export function renderUnit(
  unit: Unit,
  out: string,
  profile: ProjectProfile,
): Promise<readonly Rendered[]> {
  return Promise.all(
    unit.files.map(async (file) => ({
      ...inWorkspace(await renderFile(file, unit.folder, undefined, { ...profile, out })),
      role: file.role,
      owner: unit.id,
      version: unit.version,
    })),
  );
}

/** The user's files of an instance. */
export function renderInstance(
  pattern: Pattern & { readonly scaffold: ScaffoldSpec },
  { instance, context, out }: Made,
  profile: ProjectProfile,
): Promise<readonly Rendered[]> {
  const wanted = pattern.scaffold.files.filter(
    (file) => !isShared(file) && isRendered(file, context),
  );
  return Promise.all(
    wanted.map(async (file) => ({
      ...inWorkspace(await renderFile(file, pattern.folder, context, { ...profile, out })),
      role: file.role,
      owner: `instances/${instance}`,
      version: pattern.version,
    })),
  );
}

function inWorkspace({ path, text }: { path: string; text: string }) {
  return { path: confined(path, 'The generated file'), text };
}
