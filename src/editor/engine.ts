import type * as vscode from 'vscode';
import type { Engine } from '../engine.ts';
import { UserError } from './errors.ts';

/** The engine carries ts-morph, so it is a bundle of its own that is loaded when something first needs it. */
export class LazyEngine {
  readonly #templates: string;
  readonly #log: vscode.LogOutputChannel;
  #loading: Promise<Engine> | undefined;
  #loaded: Engine | undefined;

  constructor(templates: string, log: vscode.LogOutputChannel) {
    this.#templates = templates;
    this.#log = log;
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

  async #load(): Promise<Engine> {
    const start = performance.now();
    try {
      const { createEngine } = await import('../engine.ts');
      this.#loaded = createEngine({ templatesDir: this.#templates });
      this.#log.debug(`engine loaded in ${Math.round(performance.now() - start)} ms`);
      return this.#loaded;
    } catch (error) {
      this.#loading = undefined;
      this.#log.error(error instanceof Error ? (error.stack ?? error.message) : String(error));
      throw new UserError(
        'Patternsmith could not load its engine; nothing was written.',
        'Reload the window (Developer: Reload Window); if it stays so, reinstall the extension.',
      );
    }
  }
}
