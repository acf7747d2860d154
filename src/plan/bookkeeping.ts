import { below } from '../project/reader.ts';
import type { ProjectFiles, ProjectProfile } from '../project/types.ts';
import { filePatch } from './diff.ts';
import { formatLearnt, type Learnt, parseLearnt } from './learnt.ts';
import { replacement } from './reconcile.ts';
import { parseReceipt } from './read-receipt.ts';
import {
  basePath,
  emptyReceipt,
  type FileRecord,
  formatReceipt,
  GIT_ATTRIBUTES,
  GIT_ATTRIBUTES_PATH,
  hashOf,
  type InstanceRecord,
  learntPath,
  type Receipt,
  RECEIPT_PATH,
  sameReceipt,
  wiringPath,
} from './receipt.ts';
import type { PlannedFile } from './types.ts';

/** What a plan changes in the receipt. What it does not name stays as it is. */
export interface LedgerChange {
  /** By `pattern/name`; undefined: it is gone. */
  readonly instances: ReadonlyMap<string, InstanceChange | undefined>;
  /** By workspace path; undefined: the file is gone, or the user's alone from now on. */
  readonly files: ReadonlyMap<string, FileChange | undefined>;
  /** Packages by name; undefined: no longer declared by us. */
  readonly dependencies: Readonly<Record<string, string | undefined>>;
  /** Entries of the project's configuration, by `configKey`; undefined: no longer there, or no longer ours. */
  readonly config: Readonly<Record<string, string | undefined>>;
}

export interface InstanceChange {
  readonly record: InstanceRecord;
  /** What is newly known of the place that it is wired to. */
  readonly learnt?: Learnt | undefined;
  /** The user's files, with the edits that this plan's wiring makes. */
  readonly wired?: readonly PlannedFile[];
  /** All that was wired for it, where that reads otherwise now. */
  readonly patch?: string;
}

export interface FileChange {
  readonly record: FileRecord;
  /** The text as it was generated, where that is what is recorded. */
  readonly pristine: string | undefined;
}

/** The receipt of one package and the files that go with it, by workspace path. */
export class Ledger {
  readonly receipt: Receipt;
  readonly #files: ProjectFiles;
  readonly #packageDir: string;

  private constructor(receipt: Receipt, files: ProjectFiles, packageDir: string) {
    this.receipt = receipt;
    this.#files = files;
    this.#packageDir = packageDir;
  }

  /** @throws PlanError `BAD_RECEIPT` */
  static async open(files: ProjectFiles, packageDir: string): Promise<Ledger> {
    const text = await files.read(within(packageDir, RECEIPT_PATH));
    return new Ledger(text === undefined ? emptyReceipt : parseReceipt(text), files, packageDir);
  }

  /** The receipt's entry for a workspace path. */
  record(path: string): FileRecord | undefined {
    return this.receipt.files.get(this.relative(path));
  }

  /** Workspace paths of the files that belong to an owner. */
  pathsOf(owner: string): readonly string[] {
    return [...this.receipt.files]
      .filter(([, record]) => record.owner === owner)
      .map(([path]) => this.absolute(path));
  }

  /** The workspace path of a path in the receipt. */
  absolute(name: string): string {
    return within(this.#packageDir, name);
  }

  /** A workspace path as the receipt writes it. */
  relative(path: string): string {
    return below(this.#packageDir, path);
  }

  /** A file as it was generated; undefined where that is not known, or is not what the receipt says of it. */
  async pristine(path: string): Promise<string | undefined> {
    const text = await this.#files.read(this.absolute(basePath(this.relative(path))));
    return text !== undefined && hashOf(text) === this.record(path)?.hash ? text : undefined;
  }

  /** The unified diff of what was wired for an instance; empty where nothing was. */
  async patch(instance: string): Promise<string> {
    return (await this.#files.read(this.absolute(wiringPath(instance)))) ?? '';
  }

  /** @throws PlanError `BAD_RECEIPT` */
  async learnt(instance: string): Promise<Learnt | undefined> {
    const text = await this.#files.read(this.absolute(learntPath(instance)));
    return text === undefined ? undefined : parseLearnt(text, instance, this.#packageDir);
  }

  /** The files that record what a plan does. With the last instance all of them go. */
  async plan(
    change: LedgerChange,
    style: ProjectProfile['style'],
  ): Promise<readonly PlannedFile[]> {
    const next: Receipt = {
      instances: changed(
        this.receipt.instances,
        [...change.instances].map(([instance, to]) => [instance, to?.record]),
      ),
      files: changed(
        this.receipt.files,
        [...change.files].map(([path, to]) => [this.relative(path), to?.record]),
      ),
      dependencies: changed(this.receipt.dependencies, Object.entries(change.dependencies)),
      config: changed(this.receipt.config, Object.entries(change.config)),
    };
    const isLast = next.instances.size === 0;
    const kept = isLast ? { ...next, files: new Map<string, FileRecord>() } : next;
    const gone = [...this.receipt.files.keys()].filter((name) => !kept.files.has(name));
    const planned = await Promise.all([
      ...[...change.files].map(([path, to]) =>
        to?.pristine === undefined
          ? undefined
          : this.#put(basePath(this.relative(path)), to.pristine),
      ),
      ...[...change.instances].flatMap(([instance, to]) =>
        to === undefined ? [] : this.#wiringOf(instance, to, style.eol),
      ),
      ...gone.map((name) => this.#drop(basePath(name))),
      ...[...this.receipt.instances.keys()]
        .filter((instance) => !kept.instances.has(instance))
        .flatMap((instance) => [
          this.#drop(wiringPath(instance)),
          this.#drop(learntPath(instance)),
        ]),
      isLast
        ? this.#drop(GIT_ATTRIBUTES_PATH)
        : this.#put(GIT_ATTRIBUTES_PATH, GIT_ATTRIBUTES, { keep: true }),
      isLast ? this.#drop(RECEIPT_PATH) : this.#putReceipt(kept, style),
    ]);
    return planned.filter((file) => file !== undefined);
  }

  #wiringOf(
    instance: string,
    { learnt, wired = [], patch: rewritten }: InstanceChange,
    eol: '\n' | '\r\n',
  ): readonly Promise<PlannedFile>[] {
    const patch = wired
      .filter((file) => file.action === 'edit')
      .map(({ path, before, after }) => {
        const name = this.relative(path);
        return filePatch(`a/${name}`, `b/${name}`, before, after);
      })
      .join('');
    return [
      ...(rewritten === undefined ? [] : [this.#put(wiringPath(instance), rewritten)]),
      ...(patch === '' ? [] : [this.#addPatch(instance, patch)]),
      ...(learnt === undefined
        ? []
        : [
            this.#put(
              learntPath(instance),
              formatLearnt(learnt, (path) => this.relative(path), eol),
            ),
          ]),
    ];
  }

  /** What is wired later stands behind what was wired before; it is taken back in the other order. */
  async #addPatch(instance: string, patch: string): Promise<PlannedFile> {
    const before = await this.patch(instance);
    // Wired again, after it was taken out by hand.
    return this.#put(wiringPath(instance), before.includes(patch) ? before : before + patch);
  }

  async #put(name: string, text: string, { keep = false } = {}): Promise<PlannedFile> {
    const path = this.absolute(name);
    const before = await this.#files.read(path);
    if (before === undefined) return { action: 'create', path, text };
    // A checkout with other line ends is no change.
    if (keep || hashOf(before) === hashOf(text)) return { action: 'same', path, text: before };
    return replacement(path, before, text);
  }

  async #drop(name: string): Promise<PlannedFile | undefined> {
    const path = this.absolute(name);
    const before = await this.#files.read(path);
    return before === undefined ? undefined : { action: 'delete', path, before };
  }

  async #putReceipt(next: Receipt, style: ProjectProfile['style']): Promise<PlannedFile> {
    const isSame = this.receipt !== emptyReceipt && sameReceipt(this.receipt, next);
    return this.#put(RECEIPT_PATH, formatReceipt(next, style.indent, style.eol), { keep: isSame });
  }
}

/** The entries with changes put in; undefined takes an entry out. */
function changed<T>(
  entries: ReadonlyMap<string, T>,
  changes: readonly (readonly [string, T | undefined])[],
): ReadonlyMap<string, T> {
  const next = new Map(entries);
  for (const [key, value] of changes) {
    if (value === undefined) next.delete(key);
    else next.set(key, value);
  }
  return next;
}

function within(dir: string, path: string): string {
  return dir === '' ? path : `${dir}/${path}`;
}
