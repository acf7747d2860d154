import type * as vscode from 'vscode';
import type { Engine } from '../engine.ts';
import { UserError } from './errors.ts';
import type { OwnTemplatesOfWorkspace } from './own-templates.ts';

/** The engine carries ts-morph, so it is a bundle of its own that is loaded when something first needs it. */
export class LazyEngine {
  readonly #templates: string;
  readonly #log: vscode.LogOutputChannel;
  readonly #own: OwnTemplatesOfWorkspace;
  #loading: Promise<Engine> | undefined;
  #loaded: Engine | undefined;

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

  /** An engine reads its templates once: where they have changed, the next call gets another. */
  async #renew(): Promise<void> {
    const wasLoaded = this.#loaded !== undefined;
    this.#loading = undefined;
    // Its bundle is there by now, so this is no reason to wait; a failure is told to whoever asks next.
    if (wasLoaded) await this.load().catch(() => undefined);
  }

  async #load(): Promise<Engine> {
    const start = performance.now();
    try {
      const [{ createEngine }, ownTemplates] = await Promise.all([
        import('../engine.ts'),
        this.#own.present(),
      ]);
      this.#loaded = createEngine({ templatesDir: this.#templates, ownTemplates });
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
