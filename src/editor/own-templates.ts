import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as vscode from 'vscode';
import type { OwnTemplates } from '../catalog/own.ts';
import { staysInside } from './workspace-files.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Where own templates stand in a workspace folder. */
const HOME = '.patternsmith/templates';

/** Of a folder that is deleted, VS Code tells nothing of what was in it. */
const WATCHED = `**/{.patternsmith,${HOME},${HOME}/**}`;

/** Looked at for changes. */
const MAX_ENTRIES = 5000;

/** A checkout or an eject changes many files: they are read again once it is over. */
const SETTLED_MS = 100;

/**
 * The own templates of the workspace. They decide what code is written and what is said of it, so they are read only in a trusted workspace;
 * and only from the disk, as the engine reads them. What is listed goes by those at the root of every folder; what is generated goes by those
 * of the package and of the root of its folder, as on the command line. Where there are none, this costs a stat a folder.
 */
export class OwnTemplatesOfWorkspace implements vscode.Disposable {
  readonly #log: vscode.LogOutputChannel;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscriptions: vscode.Disposable;
  #pause: NodeJS.Timeout | undefined;
  #said = '';
  /** Those in packages that were asked for, by their path. */
  readonly #inPackages = new Map<string, OwnTemplates>();
  /** What stood in a place when it was read or last told of, by its path. */
  readonly #seen = new Map<string, string>();

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
    const seen = await Promise.all(
      [...this.#places(), ...this.#inPackages.values()].map((place) => this.#look(place)),
    );
    if (seen.some((changed) => changed)) this.#changed.fire();
  }

  /** For what is listed. As `createEngine` takes them: what is later wins, and of several folders the first has the last word. */
  async present(): Promise<readonly OwnTemplates[]> {
    const places = this.#places();
    await Promise.all(places.map((place) => this.#look(place)));
    return this.#allowed(places.toReversed());
  }

  /** As `present`, to compare with: nothing is read by it. */
  async listed(): Promise<readonly OwnTemplates[]> {
    return this.#allowed(this.#places().toReversed());
  }

  /** For what is generated at a path: those at the root of the folder, then those beside each package.json on the way. */
  async of({ root }: WorkspaceFiles, path: string): Promise<readonly OwnTemplates[]> {
    const folder = vscode.workspace.getWorkspaceFolder(root);
    if (root.scheme !== 'file' || !folder) return [];
    const parts = staysInside(path) ? path.split('/').filter(Boolean) : [];
    const below = parts.map((_, index) => parts.slice(0, index + 1).join('/'));
    const packages = await Promise.all(
      below.map((dir) => isFile(vscode.Uri.joinPath(root, dir, 'package.json').fsPath)),
    );
    const places = ['', ...below.filter((_, index) => packages[index])].map((dir) =>
      placeIn(folder, dir),
    );
    for (const place of places.slice(1).filter(({ dir: at }) => !this.#inPackages.has(at))) {
      this.#inPackages.set(place.dir, place);
      await this.#look(place);
    }
    return this.#allowed(places);
  }

  /** Whether something else stands there than when it was looked at last. */
  async #look(place: OwnTemplates): Promise<boolean> {
    const now = await fingerprint(place);
    const changed = now !== (this.#seen.get(place.dir) ?? '');
    this.#seen.set(place.dir, now);
    return changed;
  }

  async #allowed(places: readonly OwnTemplates[]): Promise<readonly OwnTemplates[]> {
    const there = await Promise.all(places.map(({ dir }) => isFolder(dir)));
    const own = places.filter((_, index) => there[index]);
    if (own.length === 0) return own;
    const names = own.map(({ name }) => name).join(', ');
    const trusted = vscode.workspace.isTrusted;
    this.#say(
      trusted
        ? `own templates: ${names}`
        : `${names}: not read, for the workspace is not trusted; the patterns are those that came with Patternsmith`,
    );
    return trusted ? own : [];
  }

  #say(text: string): void {
    if (text !== this.#said) this.#log.info(text);
    this.#said = text;
  }

  #places(): readonly OwnTemplates[] {
    const folders = (vscode.workspace.workspaceFolders ?? []).filter(
      ({ uri }) => uri.scheme === 'file',
    );
    return folders.map((folder) => placeIn(folder, ''));
  }

  dispose(): void {
    clearTimeout(this.#pause);
    this.#subscriptions.dispose();
  }
}

function placeIn({ uri, name }: vscode.WorkspaceFolder, dir: string): OwnTemplates {
  const path = dir === '' ? HOME : `${dir}/${HOME}`;
  const severalFolders = (vscode.workspace.workspaceFolders ?? []).length > 1;
  return {
    dir: vscode.Uri.joinPath(uri, path).fsPath,
    name: severalFolders ? `${name}/${path}` : path,
  };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isFile(),
    () => false,
  );
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
}

/** Another wherever a file is written, comes or goes; empty without own templates. */
async function fingerprint({ dir }: OwnTemplates): Promise<string> {
  const names = await readdir(dir, { recursive: true }).catch(() => []);
  const parts = await Promise.all(
    names.slice(0, MAX_ENTRIES).map(async (name) => {
      const info = await stat(join(dir, name)).catch(() => undefined);
      return `${name} ${info?.mtimeMs} ${info?.size}`;
    }),
  );
  return parts.sort().join('\n');
}
