import { profile } from '../../../src/project/profile.ts';
import type { ProjectProfile } from '../../../src/project/types.ts';
import { memoryFiles, type MemoryTexts } from './memory-files.ts';

export const NODENEXT = { compilerOptions: { module: 'NodeNext' } };

/** The profile of a project that holds these files beside a plain package.json and tsconfig. */
export function profileOf(files: MemoryTexts, near = ''): Promise<ProjectProfile> {
  const base = { 'package.json': { name: 'p' }, 'tsconfig.json': NODENEXT, 'src/a.ts': '' };
  return profile(memoryFiles({ ...base, ...files }), near, { runningNode: 24 });
}
