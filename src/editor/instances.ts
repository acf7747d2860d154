import * as vscode from 'vscode';
import type { FileStatus, InstanceStatus } from '../plan/status.ts';
import type { LazyEngine } from './engine.ts';
import { errorText } from './errors.ts';
import { WorkspaceFiles } from './workspace-files.ts';

const RECEIPT = '.patternsmith/receipt.json';

/** What may hold generated code; the engine says which of it does. */
const WATCHED = '**/*.{ts,tsx,mts,cts,js,mjs,cjs}';

/** An update changes many files: they are read again once it is over. */
const SETTLED_MS = 150;

const MAX_RECEIPTS = 500;

/** A package in which something was scaffolded. */
export interface PackageInstances {
  readonly folder: vscode.WorkspaceFolder;
  readonly files: WorkspaceFiles;
  /** Relative to the folder; `''` is the folder itself. */
  readonly dir: string;
  readonly receipt: vscode.Uri;
  readonly instances: readonly InstanceStatus[];
  /** Why the receipt cannot be read; there are no instances then. */
  readonly problem: string | undefined;
}

/** What was scaffolded in the workspace and what became of it, read again when that may have changed. Reads only. */
export class Instances implements vscode.Disposable {
  readonly #engine: LazyEngine;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #known: Promise<readonly PackageInstances[]> | undefined;
  #tracked: ReadonlySet<string> = new Set();
  #pause: NodeJS.Timeout | undefined;

  readonly onDidChange = this.#changed.event;

  /** @param catalogChanged fires where the templates are others now */
  constructor(engine: LazyEngine, catalogChanged: vscode.Event<void>) {
    this.#engine = engine;
    const changed = () => this.refresh();
    const tracked = (uri: vscode.Uri) => {
      if (this.#tracked.has(uri.toString())) this.refresh();
    };
    const receipts = vscode.workspace.createFileSystemWatcher(`**/${RECEIPT}`);
    const sources = vscode.workspace.createFileSystemWatcher(WATCHED);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      receipts,
      receipts.onDidChange(changed),
      receipts.onDidCreate(changed),
      receipts.onDidDelete(changed),
      sources,
      sources.onDidChange(tracked),
      sources.onDidCreate(tracked),
      sources.onDidDelete(tracked),
      vscode.workspace.onDidSaveTextDocument(({ uri }) => tracked(uri)),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
      catalogChanged(changed),
    );
  }

  /** By folder and package. */
  all(): Promise<readonly PackageInstances[]> {
    this.#known ??= this.#read();
    return this.#known;
  }

  /** Reads anew, for what must not work on what is no longer there. */
  async present(): Promise<readonly PackageInstances[]> {
    this.#known = undefined;
    return this.all();
  }

  /** Tells of a change once no more come. */
  refresh(): void {
    clearTimeout(this.#pause);
    this.#pause = setTimeout(() => {
      this.#known = undefined;
      this.#changed.fire();
    }, SETTLED_MS);
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#subscriptions.dispose();
  }

  async #read(): Promise<readonly PackageInstances[]> {
    const receipts = await vscode.workspace.findFiles(
      `**/${RECEIPT}`,
      '**/node_modules/**',
      MAX_RECEIPTS,
    );
    const sorted = [...new Map(receipts.map((uri) => [uri.toString(), uri])).values()].sort(
      (a, b) => (a.path < b.path ? -1 : 1),
    );
    const read = await Promise.all(sorted.map((receipt) => this.#package(receipt)));
    const found = read.filter((it) => it !== undefined);
    this.#tracked = new Set(found.flatMap(trackedBy));
    return found;
  }

  async #package(receipt: vscode.Uri): Promise<PackageInstances | undefined> {
    const folder = vscode.workspace.getWorkspaceFolder(receipt);
    if (!folder) return undefined;
    const files = new WorkspaceFiles(folder.uri);
    const dir = files.path(vscode.Uri.joinPath(receipt, '../..'));
    if (dir === undefined) return undefined;
    const place = { folder, files, dir, receipt };
    try {
      const instances = await (await this.#engine.of(files, dir)).status(files, dir);
      return instances.length === 0 ? undefined : { ...place, instances, problem: undefined };
    } catch (error) {
      return { ...place, instances: [], problem: errorText(error) };
    }
  }
}

function trackedBy({ files, instances }: PackageInstances): readonly string[] {
  return instances.flatMap((instance) =>
    instance.files.flatMap(({ path }) => files.uri(path)?.toString() ?? []),
  );
}

/** Where a package is, as the user knows it. */
export function placeText({ folder, dir }: PackageInstances): string {
  return dir === '' ? folder.name : `${folder.name}/${dir}`;
}

/** What became of an instance, in a word or two. */
export function stateText({ state, update }: InstanceStatus): string {
  const texts = {
    clean: vscode.l10n.t('clean'),
    modified: vscode.l10n.t('modified'),
    missing: vscode.l10n.t('files missing'),
  };
  return update === undefined
    ? texts[state]
    : vscode.l10n.t('{0}, update to {1}', texts[state], update);
}

/** Whether a newer template stands behind the instance or a unit that it uses. */
export function hasUpdate({ update, files }: InstanceStatus): boolean {
  return update !== undefined || files.some((file) => file.update !== undefined);
}

/** In the order in which they are read: tests last. */
export function inReadingOrder(files: readonly FileStatus[]): readonly FileStatus[] {
  const isTest = ({ path }: FileStatus) =>
    Number(/\.(test|spec|contract)\.[cm]?[jt]sx?$/.test(path));
  return files.toSorted((a, b) => isTest(a) - isTest(b) || (a.path < b.path ? -1 : 1));
}

/** The pattern of `pattern/name`. */
export function patternOf(instance: string): string {
  return instance.split('/')[0] ?? '';
}
