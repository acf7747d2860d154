import * as vscode from 'vscode';
import type { ProjectProfile } from '../project/types.ts';
import type { LazyEngine } from './engine.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** Profiles by folder, for what asks often; forgotten when a file that they are read from is changed. */
export class Profiles implements vscode.Disposable {
  readonly #engine: LazyEngine;
  readonly #known = new Map<string, Promise<ProjectProfile>>();
  #watcher: vscode.FileSystemWatcher | undefined;

  constructor(engine: LazyEngine) {
    this.#engine = engine;
  }

  /** Of the package that the file at `path` belongs to. */
  async of(files: WorkspaceFiles, path: string): Promise<ProjectProfile> {
    this.#watch();
    const dir = path.split('/').slice(0, -1).join('/');
    const key = `${files.root.toString()}/${dir}`;
    let profile = this.#known.get(key);
    if (!profile) {
      profile = this.#engine.load().then((engine) => engine.profile(files, path));
      profile.catch(() => this.#known.delete(key));
      this.#known.set(key, profile);
    }
    return profile;
  }

  #watch(): void {
    if (this.#watcher) return;
    const forget = () => this.#known.clear();
    this.#watcher = vscode.workspace.createFileSystemWatcher('**/{package,tsconfig*}.json');
    this.#watcher.onDidChange(forget);
    this.#watcher.onDidCreate(forget);
    this.#watcher.onDidDelete(forget);
  }

  dispose(): void {
    this.#watcher?.dispose();
    this.#known.clear();
  }
}
