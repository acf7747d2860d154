import type { Catalog } from '../../catalog/types.ts';
import type { ProjectFiles, ProjectProfile } from '../../project/types.ts';
import type { Ledger } from '../bookkeeping.ts';
import type { WiringTools } from '../plan.ts';

/** What plans for instances that are there work on: one package. */
export interface LifecycleTools {
  readonly catalog: Catalog;
  readonly files: ProjectFiles;
  readonly profile: ProjectProfile;
  readonly ledger: Ledger;
  /** The wiring recipes; asked for only when something is unwired. */
  wiring(): Promise<WiringTools>;
  /** Folder in which the plan's commands will be typed. */
  readonly from: string;
  readonly signal: AbortSignal | undefined;
}
