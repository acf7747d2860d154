import * as vscode from 'vscode';
import type { Catalog, FileSpec, Pattern } from '../catalog/types.ts';
import type { LazyEngine } from './engine.ts';
import { exists } from './apply.ts';
import { UserError } from './errors.ts';
import type { Patterns } from './patterns.ts';
import type { VirtualDocuments } from './virtual-documents.ts';
import { WorkspaceFiles } from './workspace-files.ts';

/** The code that a demo runs: the user's own file where it is scaffolded already, else what would be generated. */
export class RunCode {
  readonly #engine: LazyEngine;
  readonly #patterns: Patterns;
  readonly #documents: VirtualDocuments;

  constructor(engine: LazyEngine, patterns: Patterns, documents: VirtualDocuments) {
    this.#engine = engine;
    this.#patterns = patterns;
    this.#documents = documents;
  }

  /** `file` is relative to the output folder. Throws `UserError` when nothing generates it. */
  async open(pattern: Pattern, file: string): Promise<void> {
    const uri = (await this.#installed(file)) ?? (await this.#template(pattern, file));
    await vscode.window.showTextDocument(uri, { viewColumn: vscode.ViewColumn.Beside });
  }

  async #installed(file: string): Promise<vscode.Uri | undefined> {
    for (const folder of vscode.workspace.workspaceFolders ?? []) {
      const files = new WorkspaceFiles(folder.uri);
      const uri = files.uri(`${await this.#outDir(files)}/${file}`);
      if (uri && (await exists(uri))) return uri;
    }
    return undefined;
  }

  async #outDir(files: WorkspaceFiles): Promise<string> {
    try {
      return (await (await this.#engine.load()).profile(files, '')).outDir;
    } catch {
      // No project that could hold it: then it is not installed either.
      return 'src/patterns';
    }
  }

  /** Generic code has no Handlebars in it: its template is the code. */
  async #template(pattern: Pattern, file: string): Promise<vscode.Uri> {
    const found = units(await this.#patterns.catalog(), pattern)
      .flatMap(({ folder, files }) => files.map((spec) => ({ folder, spec })))
      .find(({ spec }) => spec.path === file);
    if (!found) {
      throw new UserError(
        vscode.l10n.t('{0} is not part of {1}.', file, pattern.title),
        vscode.l10n.t('Reinstall the extension: its demo and its templates do not fit together.'),
      );
    }
    const text = await this.#patterns.text(found, found.spec.template);
    return this.#documents.provide(`/${file}`, 'code', text);
  }
}

/** All that can hold the file; adapters stand in their engine's folder. */
function units(
  catalog: Catalog,
  pattern: Pattern,
): readonly { readonly folder: string; readonly files: readonly FileSpec[] }[] {
  return [
    { folder: pattern.folder, files: pattern.scaffold?.files ?? [] },
    ...catalog.kernel.values(),
    ...catalog.adapters.values(),
  ];
}
