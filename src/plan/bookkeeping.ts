import { below } from '../project/reader.ts';
import type { ProjectFiles, ProjectProfile } from '../project/types.ts';
import { filePatch } from './diff.ts';
import { replacement, type Reconciled } from './reconcile.ts';
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
  type Receipt,
  RECEIPT_PATH,
  sameReceipt,
  wiringPath,
} from './receipt.ts';
import type { PlannedFile } from './types.ts';

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

  /** The files that record what a plan does. */
  async plan(entry: LedgerEntry, style: ProjectProfile['style']): Promise<readonly PlannedFile[]> {
    const next: Receipt = {
      instances: new Map([...this.receipt.instances, [entry.instance, entry.record]]),
      files: new Map([...this.receipt.files, ...this.#recordsOf(entry.generated)]),
      dependencies: new Map([...this.receipt.dependencies, ...Object.entries(entry.dependencies)]),
    };
    const pristine = entry.generated
      .filter(({ record, rendered }) => record?.hash === hashOf(rendered.text))
      .map(({ rendered }) => this.#put(basePath(this.relative(rendered.path)), rendered.text));
    const patch = entry.wired
      .filter((file) => file.action === 'edit')
      .map(({ path, before, after }) => {
        const name = this.relative(path);
        return filePatch(`a/${name}`, `b/${name}`, before, after);
      })
      .join('');
    return Promise.all([
      ...pristine,
      ...(patch === '' ? [] : [this.#put(wiringPath(entry.instance), patch)]),
      this.#put(GIT_ATTRIBUTES_PATH, GIT_ATTRIBUTES, { keep: true }),
      this.#putReceipt(next, style),
    ]);
  }

  #recordsOf(generated: readonly Reconciled[]): readonly [string, FileRecord][] {
    return generated.flatMap(({ rendered, record }): [string, FileRecord][] =>
      record === undefined ? [] : [[this.relative(rendered.path), record]],
    );
  }

  async #put(name: string, text: string, { keep = false } = {}): Promise<PlannedFile> {
    const path = this.absolute(name);
    const before = await this.#files.read(path);
    if (before === undefined) return { action: 'create', path, text };
    // A checkout with other line ends is no change.
    if (keep || hashOf(before) === hashOf(text)) return { action: 'same', path, text: before };
    return replacement(path, before, text);
  }

  async #putReceipt(next: Receipt, style: ProjectProfile['style']): Promise<PlannedFile> {
    const isSame = this.receipt !== emptyReceipt && sameReceipt(this.receipt, next);
    return this.#put(RECEIPT_PATH, formatReceipt(next, style.indent, style.eol), { keep: isSame });
  }
}

export interface LedgerEntry {
  readonly instance: string;
  readonly record: InstanceRecord;
  readonly generated: readonly Reconciled[];
  /** The user's files with the wiring's edits. */
  readonly wired: readonly PlannedFile[];
  readonly dependencies: Readonly<Record<string, string>>;
}

function within(dir: string, path: string): string {
  return dir === '' ? path : `${dir}/${path}`;
}
