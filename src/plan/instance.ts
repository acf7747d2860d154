import { below } from '../project/reader.ts';
import { PlanError } from './errors.ts';
import { confined, printable } from './paths.ts';
import type { InstanceRecord, Receipt } from './receipt.ts';
import type { OptionValue } from './resolve.ts';
import type { ScaffoldRequest } from './types.ts';

/** An instance of the pattern that the receipt knows to be wired to the target; a file alone names the only one in it. */
export function instanceAt(receipt: Receipt, pattern: string, target: string): string | undefined {
  const own = [...receipt.instances].filter(([instance]) => instance.startsWith(`${pattern}/`));
  const exact = own.find(([, record]) => record.target === target);
  if (exact) return exact[0];
  const inFile = own.filter(([, record]) => record.target?.startsWith(`${target}:`));
  return inFile.length === 1 ? inFile[0]?.[0] : undefined;
}

/** The output folder: the one asked for, the instance's, the one that all instances share, else the profile's. Workspace path. */
export function outDir(
  asked: string | undefined,
  record: InstanceRecord | undefined,
  receipt: Receipt,
  profile: { readonly packageDir: string; readonly outDir: string },
): string {
  if (asked !== undefined) {
    const out = confined(asked, 'The output folder');
    if (below(profile.packageDir, out).startsWith('..')) {
      throw new PlanError(
        'OUTSIDE_WORKSPACE',
        `The output folder "${printable(out)}" is not in the package at "${profile.packageDir}". Nothing was written.`,
        'Give a folder of the package whose code is to use it.',
      );
    }
    return out;
  }
  const recorded = new Set([...receipt.instances.values()].map(({ out }) => out));
  const [shared] = recorded.size === 1 ? recorded : [];
  const known = record?.out ?? shared;
  if (known === undefined) return profile.outDir;
  return profile.packageDir === '' ? known : `${profile.packageDir}/${known}`;
}

/** Answers of a second request for an instance that is there. */
export interface Answers {
  readonly engine: string;
  readonly options: Readonly<Record<string, OptionValue>>;
  /** Relative to the package, as in the record. */
  readonly out: string;
  readonly target: string | undefined;
}

/**
 * An instance stays what it was made: other answers would have to change files that are the user's by now.
 * @throws PlanError `CONFLICT`
 */
export function refuseOtherAnswers(
  instance: string,
  record: InstanceRecord,
  request: ScaffoldRequest,
  answers: Answers,
): void {
  const options = Object.keys(request.options ?? {}).filter(
    (id) => record.options[id] !== answers.options[id],
  );
  const differs = [
    ...(record.engine === answers.engine ? [] : [`engine ${record.engine}`]),
    ...(record.out === answers.out ? [] : [`out ${record.out}`]),
    ...options.map((id) => `${id} ${String(record.options[id])}`),
    ...(record.target === undefined ||
    answers.target === undefined ||
    record.target === answers.target
      ? []
      : [`target ${record.target}`]),
  ];
  if (differs.length === 0) return;
  throw new PlanError(
    'CONFLICT',
    `${instance} exists already, with ${differs.join(', ')}. Nothing was written.`,
    differs.some((each) => each.startsWith('engine '))
      ? `Move it with "patternsmith switch ${instance} --engine ${answers.engine}", or give another --name for a second instance.`
      : 'Give another --name for a second instance, or change the files of this one: they are yours.',
    [instance],
  );
}
