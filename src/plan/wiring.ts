import type { ProjectProfile } from '../project/types.ts';
import type { InstanceRef, Recipe, SourceText, WiringOutcome } from '../wire/types.ts';
import { EditedText } from './edited-text.ts';
import { specifier } from './specifier.ts';
import { stayFormatted } from './stay-formatted.ts';
import type { PlannedFile, PlannedWiring } from './types.ts';

/** One recipe on one place. */
export interface WiringStep {
  readonly recipe: Recipe;
  readonly params: Readonly<Record<string, unknown>>;
  readonly file: SourceText;
  readonly symbol: string | undefined;
  /** The user did not name the place: left alone unless the recipe can wire it. */
  readonly optional?: boolean;
  /** The place is not known: nothing is edited, the recipe only tells what to paste. */
  readonly unplaced?: { readonly reason: string; readonly isAbsent: boolean };
}

export interface Wired {
  readonly files: readonly PlannedFile[];
  readonly wiring: readonly PlannedWiring[];
}

/** Runs the recipes in order; those on the same file each work on what the one before left. A file that was formatted stays so. */
export async function runWiring(
  steps: readonly WiringStep[],
  instance: InstanceRef,
  profile: ProjectProfile,
): Promise<Wired> {
  const texts = new Map<string, EditedText>();
  const wiring: PlannedWiring[] = [];
  for (const step of steps) {
    const { file, optional, unplaced } = step;
    const edited = texts.get(file.path) ?? new EditedText(file.text);
    const outcome = wire(step, { path: file.path, text: edited.text }, instance, profile);
    if (unplaced !== undefined) {
      wiring.push(toPaste(outcome, unplaced));
    } else if (outcome.status !== 'manual' || !optional) {
      if (outcome.status === 'wired') edited.apply(outcome.edits);
      texts.set(file.path, edited);
      wiring.push(planned(outcome));
    }
  }
  for (const [path, edited] of texts) {
    const { original: before, text: after, edits } = edited;
    edited.apply(await stayFormatted(path, { before, after, edits }, profile));
  }
  return { files: [...texts].flatMap(([path, edited]) => editOf(path, edited)), wiring };
}

export function wire(
  { recipe, params, symbol }: WiringStep,
  file: SourceText,
  instance: InstanceRef,
  profile: ProjectProfile,
): WiringOutcome {
  return recipe.wire(
    { file, symbol },
    {
      profile,
      instance,
      params,
      specifier: (from, to) => specifier(from, to, profile, from === file.path ? file.text : ''),
    },
  );
}

function planned(outcome: WiringOutcome): PlannedWiring {
  switch (outcome.status) {
    case 'wired': {
      const { file, summary, notes } = outcome;
      return { file, status: 'wired', summary, ...(notes?.length ? { notes } : {}) };
    }
    case 'already':
      return { file: outcome.file, status: 'already' };
    case 'manual': {
      const { file, reason, snippet, line } = outcome;
      return { file, status: 'manual', reason, snippet, line };
    }
  }
}

/** What the recipe would have put into an empty file is what to paste. */
function toPaste(
  outcome: WiringOutcome,
  { reason, isAbsent }: NonNullable<WiringStep['unplaced']>,
): PlannedWiring {
  const snippet =
    outcome.status === 'manual'
      ? outcome.snippet
      : outcome.status === 'wired'
        ? outcome.edits
            .map((edit) => edit.text)
            .join('')
            .trim()
        : '';
  return {
    file: outcome.file,
    status: 'manual',
    reason,
    snippet,
    ...(isAbsent ? {} : { line: 1 }),
  };
}

function editOf(path: string, edited: EditedText): readonly PlannedFile[] {
  const { edits, original: before, text: after } = edited;
  return edits.length === 0 ? [] : [{ action: 'edit', path, before, after, edits }];
}
