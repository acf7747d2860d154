import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { OwnTemplates } from '../catalog/own.ts';

/** Where own templates stand in a workspace folder. */
const HOME = '.patternsmith/templates';

/** Of a folder that is deleted, VS Code tells nothing of what was in it. */
const WATCHED = `**/{.patternsmith,${HOME},${HOME}/**}`;

/** Looked at for changes. */
const MAX_ENTRIES = 5000;

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
  /** What stood there when it was last told of. */
  #seen: string | undefined;

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

  /**
   * Tells of a change that no watcher has told of: folders that come into being at once are seen late or never. Before every command, so
   * that none works on what is no longer there.
   */
  async refresh(): Promise<void> {
    const now = await fingerprint(this.#places());
    if (now === (this.#seen ?? '')) return;
    this.#seen = now;
    this.#changed.fire();
  }

  /** As `createEngine` takes them: what is later wins, and of several folders the first has the last word. */
  async present(): Promise<readonly OwnTemplates[]> {
    const places = this.#places();
    this.#seen = await fingerprint(places);
    const there = await Promise.all(places.map(({ dir }) => isFolder(dir)));
    const own = places.filter((_, index) => there[index]).reverse();
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

  #places(): readonly OwnTemplates[] {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(
      ({ uri }) => uri.scheme === 'file',
    );
    return folders.map(({ uri, name }) => ({
      dir: vscode.Uri.joinPath(uri, HOME).fsPath,
      name: folders.length > 1 ? `${name}/${HOME}` : HOME,
    }));
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#subscriptions.dispose();
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

/** Another wherever a file is written, comes or goes; empty without own templates. */
async function fingerprint(places: readonly OwnTemplates[]): Promise<string> {
  const parts = await Promise.all(
    places.map(async ({ dir }) => {
      const names = await readdir(dir, { recursive: true }).catch(() => []);
      return Promise.all(
        names.slice(0, MAX_ENTRIES).map(async (name) => {
          const info = await stat(join(dir, name)).catch(() => undefined);
          return `${name} ${info?.mtimeMs} ${info?.size}`;
        }),
      );
    }),
  );
  return parts.flat().sort().join('\n');
}
