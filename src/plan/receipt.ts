import { createHash } from 'node:crypto';

/**
 * What Patternsmith did in a package: `.patternsmith/receipt.json` beside its package.json, committed by the user.
 * Paths are relative to that folder, so the receipt is the same whichever folder was opened.
 *
 *   .patternsmith/receipt.json                 this
 *   .patternsmith/base/<path>.txt              each generated file as it was generated, for a 3-way update
 *   .patternsmith/wiring/<pattern>/<name>.patch   unified diff of the user's files that the instance is wired into
 *   .patternsmith/wiring/<pattern>/<name>.json    what the wired code told about the instance, such as its types
 *   .patternsmith/.gitattributes               merges the receipt line by line, folds the rest in reviews
 *
 * The file is flat: a line is an entry, so two branches merge by keeping the lines of both; commas may be missing afterwards.
 * Who uses a unit follows from the instances' `uses` and is not stored twice.
 */
export interface Receipt {
  /** By `pattern/name`. */
  readonly instances: ReadonlyMap<string, InstanceRecord>;
  /** By path. */
  readonly files: ReadonlyMap<string, FileRecord>;
  /** npm packages that were added, with their range. */
  readonly dependencies: ReadonlyMap<string, string>;
  /** What was put into files of the project's configuration: see `ConfigKey`. */
  readonly config: ReadonlyMap<string, string>;
}

export interface InstanceRecord {
  /** Version of the pattern that rendered it. */
  readonly version: string;
  readonly engine: string;
  readonly out: string;
  /** `FILE:SYMBOL`, when it was wired. */
  readonly target: string | undefined;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  /** Units that it needs: `kernel/clock`, `engines/redis/cache-store`, `patterns/cache-aside`. */
  readonly uses: readonly string[];
}

export interface FileRecord {
  /** A unit, or `instances/<pattern>/<name>`. */
  readonly owner: string;
  readonly version: string;
  /** `hashOf` the generated text. */
  readonly hash: string;
}

export const RECEIPT_DIR = '.patternsmith';
export const RECEIPT_PATH = `${RECEIPT_DIR}/receipt.json`;
export const RECEIPT_VERSION = 1;

export const emptyReceipt: Receipt = {
  instances: new Map(),
  files: new Map(),
  dependencies: new Map(),
  config: new Map(),
};

/** Where the pristine text of a generated file is kept; `.txt` keeps it out of the sight of compilers, linters and test runners. */
export function basePath(path: string): string {
  return `${RECEIPT_DIR}/base/${path}.txt`;
}

/** Where an instance's wiring is kept, as a unified diff. */
export function wiringPath(instance: string): string {
  return `${RECEIPT_DIR}/wiring/${instance}.patch`;
}

/** Where what an instance learnt from its target is kept. */
export function learntPath(instance: string): string {
  return `${RECEIPT_DIR}/wiring/${instance}.json`;
}

/** SHA-256 of the text with `\n` line ends: a checkout with other line ends is no modification. */
export function hashOf(text: string): string {
  return `sha256-${createHash('sha256').update(text.replaceAll('\r\n', '\n')).digest('hex')}`;
}

/** Instances that use a unit, by `pattern/name`. */
export function usersOf(unit: string, receipt: Receipt): readonly string[] {
  return [...receipt.instances]
    .filter(([, record]) => record.uses.includes(unit))
    .map(([instance]) => instance);
}

/**
 * The receipt as text: sorted, one entry a line, and in a form that Prettier and Biome leave alone.
 * @param indent as the project indents
 */
export function formatReceipt(
  receipt: Receipt,
  indent: '\t' | number = 2,
  eol: '\n' | '\r\n' = '\n',
): string {
  const document = {
    patternsmith: RECEIPT_VERSION,
    ...section('instances', [...receipt.instances].flatMap(instanceLines)),
    ...section(
      'files',
      [...receipt.files].map(([path, { owner, version, hash }]) => [
        path,
        `${owner}@${version} ${hash}`,
      ]),
    ),
    ...section('dependencies', [...receipt.dependencies]),
    ...section('config', [...receipt.config]),
  };
  return `${JSON.stringify(document, undefined, indent)}\n`.replaceAll('\n', eol);
}

type Entry = readonly [key: string, value: string | number | boolean];

/** Keys that are integers would come first in a JavaScript object, whatever their order; none of ours are. */
function section(name: string, entries: readonly Entry[]): Record<string, object> {
  if (entries.length === 0) return {};
  return { [name]: Object.fromEntries(entries.toSorted(([a], [b]) => (a < b ? -1 : 1))) };
}

function instanceLines([instance, record]: readonly [string, InstanceRecord]): readonly Entry[] {
  return [
    [`${instance} engine`, record.engine],
    [`${instance} out`, record.out],
    ...(record.target === undefined ? [] : ([[`${instance} target`, record.target]] as const)),
    [`${instance} uses`, record.uses.toSorted().join(' ')],
    [`${instance} version`, record.version],
    ...Object.entries(record.options).map(([id, value]): Entry => [
      `${instance} options.${id}`,
      value,
    ]),
  ];
}

/** The same records, whatever the layout of the text that they were read from. */
export function sameReceipt(a: Receipt, b: Receipt): boolean {
  return formatReceipt(a) === formatReceipt(b);
}

/** Beside the receipt; created with it. */
export const GIT_ATTRIBUTES_PATH = `${RECEIPT_DIR}/.gitattributes`;
export const GIT_ATTRIBUTES = `# The receipt has one entry a line: a merge keeps the lines of both sides.
receipt.json merge=union
# Folded away in reviews: what stands here is also in the files that were generated.
base/** linguist-generated
wiring/** linguist-generated
`;
