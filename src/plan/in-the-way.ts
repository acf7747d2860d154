import type { ProjectFiles } from '../project/types.ts';
import { PlanError } from './errors.ts';
import { obstacles } from './paths.ts';

/**
 * @param taken generated files in whose place others stand
 * @param creates files that the plan creates
 * @throws PlanError `CONFLICT` with every path that is taken
 */
export async function refuseWhatIsInTheWay(
  taken: readonly string[],
  creates: readonly string[],
  files: ProjectFiles,
  hint: string,
): Promise<void> {
  const blocked = await obstacles(creates, files);
  if (taken.length === 0 && blocked.length === 0) return;
  const reasons = [
    ...taken.map((path) => `${path} exists with other content`),
    ...blocked.map(({ path, reason }) => `${path} cannot be created: ${reason}`),
  ];
  throw new PlanError(
    'CONFLICT',
    `${reasons.slice(0, 10).join('; ')}${reasons.length > 10 ? ` and ${reasons.length - 10} more` : ''}. Nothing was written.`,
    hint,
    [...taken, ...blocked.map(({ path }) => path)],
  );
}
