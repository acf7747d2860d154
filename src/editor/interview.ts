import type { Catalog } from '../catalog/types.ts';
import type { Engine } from '../engine.ts';
import type { ScaffoldRequest } from '../plan/types.ts';
import type { ProjectProfile } from '../project/types.ts';
import type { Place } from './place.ts';

/** What is known of the request so far. A target of `''` is the answer "none". */
export interface Draft extends Partial<ScaffoldRequest> {
  /** What a target that is named by its line read when it was chosen. */
  readonly reading?: string;
}

/** What the questions draw on. */
export interface Interview {
  readonly catalog: Catalog;
  readonly place: Place;
  readonly engine: () => Promise<Engine>;
  readonly profile: () => Promise<ProjectProfile>;
  /** The run that was given up last, offered again. */
  readonly abandoned: Draft | undefined;
  readonly remember: (draft: Draft | undefined) => Promise<void>;
}

export function isRequest(draft: Draft | undefined): draft is Draft & ScaffoldRequest {
  return draft?.pattern !== undefined;
}
