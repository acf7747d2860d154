import * as vscode from 'vscode';
import type { OwnTemplates } from '../catalog/own.ts';

/** Where own templates stand in a workspace folder. */
const HOME = '.patternsmith/templates';

/** Of a folder that is deleted, VS Code tells nothing of what was in it. */
const WATCHED = `**/{.patternsmith,${HOME},${HOME}/**}`;

/** A checkout or an eject changes many files: they are read again once it is over. */
const SETTLED_MS = 100;

/**
 * The own templates at the root of each workspace folder. They decide what code is written and what is said of it, so they are read only in a
 * trusted workspace; and only from the disk, as the engine reads them. Where there are none, this costs a stat a folder.
 */
export class OwnTemplatesOfWorkspace implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #pause: NodeJS.Timeout | undefined;

  /** They changed, came, went, or are trusted now. */
  readonly onDidChange = this.#changed.event;

  constructor(log: vscode.LogOutputChannel) {
    this.#log = log;
    const changed = () => {
      clearTimeout(this.#pause);
      this.#pause = setTimeout(() => this.#changed.fire(), SETTLED_MS);
    };
    const watcher = vscode.workspace.createFileSystemWatcher(WATCHED);
    this.#subscriptions = vscode.Disposable.from(
      this.#changed,
      watcher,
      watcher.onDidChange(changed),
      watcher.onDidCreate(changed),
      watcher.onDidDelete(changed),
      vscode.workspace.onDidGrantWorkspaceTrust(changed),
      vscode.workspace.onDidChangeWorkspaceFolders(changed),
    );
  }

  /** As `createEngine` takes them: what is later wins, and of several folders the first has the last word. */
  async present(): Promise<readonly OwnTemplates[]> {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(
      ({ uri }) => uri.scheme === 'file',
    );
    const found = await Promise.all(
      folders.map(async ({ uri, name }) => {
        const place = vscode.Uri.joinPath(uri, HOME);
        if (!(await isFolder(place))) return [];
        return [{ dir: place.fsPath, name: folders.length > 1 ? `${name}/${HOME}` : HOME }];
      }),
    );
    const own = found.flat().reverse();
    const names = own.map(({ name }) => name).join(', ');
    if (own.length === 0) return own;
    if (vscode.workspace.isTrusted) {
      this.#log.info(`own templates: ${names}`);
      return own;
    }
    this.#log.info(
      `${names}: not read, for the workspace is not trusted; the patterns are those that came with Patternsmith`,
    );
    return [];
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#subscriptions.dispose();
  }
}

async function isFolder(uri: vscode.Uri): Promise<boolean> {
  try {
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.Directory) !== 0;
  } catch {
    return false;
  }
}
