import * as vscode from 'vscode';

const scheme = 'patternsmith';

/** Read-only documents that stand in no file: planned texts, and the code that a demo runs. */
export class VirtualDocuments implements vscode.Disposable {
  readonly #texts = new Map<string, string>();
  readonly #changed = new vscode.EventEmitter<vscode.Uri>();
  readonly #registration: vscode.Disposable;

  constructor() {
    this.#registration = vscode.workspace.registerTextDocumentContentProvider(scheme, {
      onDidChange: this.#changed.event,
      provideTextDocumentContent: (uri) => this.#texts.get(uri.toString()),
    });
  }

  /** `path` begins with `/`; `query` tells apart several texts of one path. */
  provide(path: string, query: string, text: string): vscode.Uri {
    const uri = vscode.Uri.from({ scheme, path, query });
    this.#texts.set(uri.toString(), text);
    // It may be open with an older text.
    this.#changed.fire(uri);
    return uri;
  }

  forget(uri: vscode.Uri): void {
    this.#texts.delete(uri.toString());
  }

  dispose(): void {
    this.#registration.dispose();
    this.#changed.dispose();
    this.#texts.clear();
  }
}
