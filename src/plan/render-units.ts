import type { ProjectProfile } from '../project/types.ts';
import { confined } from './paths.ts';
import { isRendered, renderFile, type RenderedFile } from './render.ts';
import type { Rendered } from './reconcile.ts';
import type { FileSpec, Pattern, ScaffoldSpec } from '../catalog/types.ts';
import type { Made } from './settle.ts';
import { isShared, type Unit } from './units.ts';

/** The files of a unit, as they will stand in the project. */
export function renderUnit(
  unit: Unit,
  out: string,
  profile: ProjectProfile,
): Promise<readonly Rendered[]> {
  return rendered(unit.files, unit.id, unit.version, (file) =>
    renderFile(file, unit.folder, undefined, { ...profile, out }),
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
  return rendered(wanted, `instances/${instance}`, pattern.version, (file) =>
    renderFile(file, pattern.folder, context, { ...profile, out }),
  );
}

async function rendered(
  files: readonly FileSpec[],
  owner: string,
  version: string,
  render: (file: FileSpec) => Promise<RenderedFile>,
): Promise<readonly Rendered[]> {
  const all = await Promise.all(
    files.map(async (file) => {
      const { path: placed, text } = await render(file);
      if (text === '') return [];
      const path = confined(placed, 'The generated file');
      return [{ path, text, role: file.role, owner, version }];
    }),
  );
  return all.flat();
}
