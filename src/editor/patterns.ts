import * as vscode from 'vscode';
import type {
  AdapterManifest,
  Catalog,
  EngineManifest,
  Family,
  KernelManifest,
  Pattern,
} from '../catalog/types.ts';
import { UserError } from './errors.ts';

/** `dist/catalog.json`: the catalogue as the build found it, folders relative to the extension. */
interface CatalogFile {
  readonly patterns: readonly Pattern[];
  readonly engines: readonly EngineManifest[];
  readonly adapters: readonly (AdapterManifest & { readonly folder: string })[];
  readonly kernel: readonly (KernelManifest & { readonly folder: string })[];
}

/** The order of families wherever patterns are listed. */
export const families: readonly Family[] = ['messaging', 'data', 'design'];

/** What the extension says of patterns; readable without the engine, so that lists, hovers and pages need not wait for it. */
export class Patterns {
  readonly #extension: vscode.Uri;
  #catalog: Promise<Catalog> | undefined;

  constructor(extension: vscode.Uri) {
    this.#extension = extension;
  }

  catalog(): Promise<Catalog> {
    this.#catalog ??= this.#read();
    return this.#catalog;
  }

  /** Throws `UserError` for an id that does not exist. */
  async pattern(id: string): Promise<Pattern> {
    const found = (await this.catalog()).patterns.get(id);
    if (found) return found;
    throw new UserError(
      vscode.l10n.t('There is no pattern “{0}”.', id),
      vscode.l10n.t('Run “Patternsmith: Scaffold Pattern…” to see those that there are.'),
    );
  }

  /** Text of a file beside the pattern's manifest, e.g. `page.md`. */
  async text(pattern: Pattern, file: string): Promise<string> {
    return this.read(`${pattern.folder}/${file}`);
  }

  /** Text of a file of the extension. */
  async read(path: string): Promise<string> {
    const bytes = await vscode.workspace.fs.readFile(vscode.Uri.joinPath(this.#extension, path));
    return new TextDecoder().decode(bytes);
  }

  async #read(): Promise<Catalog> {
    const file = JSON.parse(await this.read('dist/catalog.json')) as CatalogFile;
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
