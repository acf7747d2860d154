import { join } from 'node:path';
import { applyToDisk, createEngine, diskFiles, type Engine } from '../../../../src/engine.ts';
import type {
  ChangePlan,
  LifecyclePlan,
  ScaffoldPlan,
  ScaffoldRequest,
} from '../../../../src/plan/types.ts';

/** A small catalogue of its own: what is tested here is planning, not the patterns. */
export const TEMPLATES = join(import.meta.dirname, '../../../fixtures/templates');

const engine = createEngine({ templatesDir: TEMPLATES });

export function planIn(root: string, request: ScaffoldRequest): Promise<ScaffoldPlan> {
  return engine.plan(request, diskFiles(root));
}

export async function addTo(root: string, request: ScaffoldRequest): Promise<ScaffoldPlan> {
  return applied(root, await planIn(root, request));
}

/** What is asked of instances that are there. */
export interface InPackage {
  /** Of the package, relative to the root. */
  readonly dir?: string;
  /** With another catalogue than the small one. */
  readonly by?: Engine;
}

export async function removeFrom(
  root: string,
  instance: string,
  { dir = '', by = engine }: InPackage = {},
): Promise<LifecyclePlan> {
  return applied(root, await by.remove(diskFiles(root), dir, { instance }));
}

export async function updateIn(
  root: string,
  by: Engine,
  instance?: string,
  { dir = '' }: Pick<InPackage, 'dir'> = {},
): Promise<LifecyclePlan> {
  const request = instance === undefined ? {} : { instance };
  return applied(root, await by.update(diskFiles(root), dir, request));
}

export async function switchIn(
  root: string,
  instance: string,
  to: string,
  { dir = '', by = engine }: InPackage = {},
): Promise<LifecyclePlan> {
  return applied(root, await by.switchEngine(diskFiles(root), dir, { instance, engine: to }));
}

async function applied<P extends ChangePlan>(root: string, plan: P): Promise<P> {
  await applyToDisk(root, plan);
  return plan;
}

/** Paths that a plan creates, edits or deletes. */
export function changesOf(plan: ChangePlan): readonly string[] {
  return plan.files.filter(({ action }) => action !== 'same').map(({ path }) => path);
}
