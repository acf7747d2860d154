import { join } from 'node:path';
import { applyToDisk, createEngine, diskFiles } from '../../../../src/engine.ts';
import type { ScaffoldPlan, ScaffoldRequest } from '../../../../src/plan/types.ts';

/** A small catalogue of its own: what is tested here is planning, not the patterns. */
export const TEMPLATES = join(import.meta.dirname, '../../../fixtures/templates');

const engine = createEngine({ templatesDir: TEMPLATES });

export function planIn(root: string, request: ScaffoldRequest): Promise<ScaffoldPlan> {
  return engine.plan(request, diskFiles(root));
}

export async function addTo(root: string, request: ScaffoldRequest): Promise<ScaffoldPlan> {
  const plan = await planIn(root, request);
  await applyToDisk(root, plan);
  return plan;
}

/** Paths that a plan creates or edits. */
export function changesOf(plan: ScaffoldPlan): readonly string[] {
  return plan.files.filter(({ action }) => action !== 'same').map(({ path }) => path);
}
