import { isAbsolute } from 'node:path';
import * as vscode from 'vscode';
import type {
  AdapterManifest,
  Catalog,
  EngineManifest,
  Family,
  KernelManifest,
  Located,
  Pattern,
} from '../catalog/types.ts';
import type { LazyEngine } from './engine.ts';
import { type ErrorReporter, UserError } from './errors.ts';
import type { OwnTemplatesOfWorkspace } from './own-templates.ts';
import type { WorkspaceFiles } from './workspace-files.ts';

/** `dist/catalog.json`: the catalogue as the build found it, folders relative to the extension. */
interface CatalogFile {
  readonly patterns: readonly Pattern[];
  readonly engines: readonly EngineManifest[];
  readonly adapters: readonly (AdapterManifest & Located)[];
  readonly kernel: readonly (KernelManifest & Located)[];
}

/** The order of families wherever patterns are listed. */
export const families: readonly Family[] = ['messaging', 'data', 'design'];

/** What can stand beside the catalogue that was built: the project's own templates, which the engine reads and checks. */
export interface OwnServices {
  readonly templates: OwnTemplatesOfWorkspace;
  readonly engine: LazyEngine;
  readonly errors: ErrorReporter;
}

/**
 * What the extension says of patterns; readable without the engine, so that lists, hovers and pages need not wait for it where there are no own
 * templates.
 */
export class Patterns {
  readonly #extension: vscode.Uri;
  readonly #own: OwnServices;
  readonly #changed = new vscode.EventEmitter<void>();
  #catalog: Promise<Catalog> | undefined;
  #told: string | undefined;

  /** The catalogue is another now. */
  readonly onDidChange = this.#changed.event;

  constructor(extension: vscode.Uri, own: OwnServices) {
    this.#extension = extension;
    this.#own = own;
    own.templates.onDidChange(() => {
      this.#catalog = undefined;
      this.#changed.fire();
    });
  }

  catalog(): Promise<Catalog> {
    this.#catalog ??= this.#overlaid();
    return this.#catalog;
  }

  /** What can be generated at a path: where it has own templates of its own, these count too. Throws `PlanError` `BAD_TEMPLATE`. */
  async catalogOf(files: WorkspaceFiles, path: string): Promise<Catalog> {
    const { engine } = this.#own;
    if ((await engine.apart(files, path)) === undefined) return this.catalog();
    return (await engine.of(files, path)).catalog();
  }

  /** Throws `UserError` for an id that does not exist. */
  async pattern(id: string, catalog?: Catalog): Promise<Pattern> {
    const found = (catalog ?? (await this.catalog())).patterns.get(id);
    if (found) return found;
    throw new UserError(
      vscode.l10n.t('There is no pattern “{0}”.', id),
      vscode.l10n.t('Run “Patternsmith: Scaffold Pattern…” to see those that there are.'),
    );
  }

  /** Text of a file beside the manifest of a unit, e.g. `page.md`. */
  async text({ folder }: Located, file: string): Promise<string> {
    // As the build found it, relative to the extension; as the engine read it, absolute.
    const base = isAbsolute(folder)
      ? vscode.Uri.file(folder)
      : vscode.Uri.joinPath(this.#extension, folder);
    return textOf(vscode.Uri.joinPath(base, file));
  }

  /**
   * Own templates that cannot be used are told, once, and what came with the product can still be read about: the engine scaffolds
   * nothing while they are broken.
   */
  async #overlaid(): Promise<Catalog> {
    const builtIn = this.#read();
    const { templates, engine, errors } = this.#own;
    if ((await templates.present()).length === 0) return builtIn;
    try {
      const catalog = await (await engine.load()).catalog();
      this.#told = undefined;
      return catalog;
    } catch (error) {
      const message = String(error);
      if (message !== this.#told) void errors.tell(error);
      this.#told = message;
      return builtIn;
    }
  }

  async #read(): Promise<Catalog> {
    const file = JSON.parse(
      await textOf(vscode.Uri.joinPath(this.#extension, 'dist/catalog.json')),
    ) as CatalogFile;
    const byId = <T extends { readonly id: string }>(values: readonly T[]) =>
      new Map(values.map((value) => [value.id, value]));
    return {
      patterns: byId(file.patterns),
      engines: byId(file.engines),
      kernel: byId(file.kernel),
      adapters: new Map(
        file.adapters.map((adapter) => [`${adapter.engine}/${adapter.port}`, adapter]),
      ),
    };
  }
}

async function textOf(uri: vscode.Uri): Promise<string> {
  return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
}

export function familyTitle(family: Family): string {
  switch (family) {
    case 'messaging':
      return vscode.l10n.t('Messaging');
    case 'data':
      return vscode.l10n.t('Data management');
    case 'design':
      return vscode.l10n.t('Design and implementation');
  }
}

/** Patterns by family, in the catalogue's order within one. */
export function byFamily(catalog: Catalog, family: Family): readonly Pattern[] {
  return [...catalog.patterns.values()].filter((pattern) => pattern.family === family);
}
