import type * as vscode from 'vscode';
import type { OwnTemplates } from '../catalog/own.ts';
import type { Engine } from '../engine.ts';
import { UserError } from './errors.ts';
import type { OwnTemplatesOfWorkspace } from './own-templates.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** The engine carries ts-morph, so it is a bundle of its own that is loaded when something first needs it. */
export class LazyEngine {
  readonly #templates: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #own: OwnTemplatesOfWorkspace;
  #loading: Promise<Engine> | undefined;
  #loaded: Engine | undefined;
  /** Those of packages that have own templates, by the folders of these. */
  readonly #ofPackages = new Map<string, Promise<Engine>>();

  constructor(templates: string, log: vscode.LogOutputChannel, own: OwnTemplatesOfWorkspace) {
    this.#templates = templates;
    this.#log = log;
    this.#own = own;
    own.onDidChange(() => void this.#renew());
  }

  /** The engine where it is loaded already: for what must never be the reason to load it. */
  get loaded(): Engine | undefined {
    return this.#loaded;
  }

  /** Throws `UserError` when the bundle is gone or broken, as after an update in the background. */
  load(): Promise<Engine> {
    this.#loading ??= this.#load();
    return this.#loading;
  }

  /** The engine for what is generated at a path: its templates are those that count there. Throws as `load`. */
  async of(files: WorkspaceFiles, path: string): Promise<Engine> {
    const own = await this.apart(files, path);
    if (own === undefined) return this.load();
    const key = own.map(({ dir }) => dir).join('\n');
    const known = this.#ofPackages.get(key) ?? this.#create(async () => own);
    this.#ofPackages.set(key, known);
    known.catch(() => this.#ofPackages.delete(key));
    return known;
  }

  /** The own templates that count at a path; undefined where they are those that are listed. */
  async apart(files: WorkspaceFiles, path: string): Promise<readonly OwnTemplates[] | undefined> {
    const [listed, own] = [await this.#own.listed(), await this.#own.of(files, path)];
    const same =
      listed.length === own.length && listed.every(({ dir }, index) => dir === own[index]?.dir);
    return same ? undefined : own;
  }

  /** An engine reads its templates once: where they have changed, the next call gets another. */
  async #renew(): Promise<void> {
    const wasLoaded = this.#loaded !== undefined;
    this.#loading = undefined;
    this.#ofPackages.clear();
    // Its bundle is there by now, so this is no reason to wait; a failure is told to whoever asks next.
    if (wasLoaded) await this.load().catch(() => undefined);
  }

  async #load(): Promise<Engine> {
    try {
      return (this.#loaded = await this.#create(() => this.#own.present()));
    } catch (error) {
      this.#loading = undefined;
      throw error;
    }
  }

  async #create(own: () => Promise<readonly OwnTemplates[]>): Promise<Engine> {
    const start = performance.now();
    try {
      const [{ createEngine }, ownTemplates] = await Promise.all([import('../engine.ts'), own()]);
      const engine = createEngine({ templatesDir: this.#templates, ownTemplates });
      this.#log.debug(`engine loaded in ${Math.round(performance.now() - start)} ms`);
      return engine;
    } catch (error) {
      this.#log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      throw new UserError(
        'Patternsmith could not load its engine; nothing was written.',
        'Reload the window (Developer: Reload Window); if it stays so, reinstall the extension.',
      );
    }
  }
}
