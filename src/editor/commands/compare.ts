import * as vscode from 'vscode';
import { UserError } from '../errors.ts';
import type { Instances, PackageInstances } from '../instances.ts';
import type { LazyEngine } from '../engine.ts';
import type { VirtualDocuments } from '../virtual-documents.ts';

export interface CompareServices {
  readonly engine: LazyEngine;
  readonly instances: Instances;
  readonly documents: VirtualDocuments;
}

/**
 * Shows what was changed in a generated file since it was generated.
 * @param given a file's URI or its node in the tree; else the file in the active editor is meant
 */
export async function compareWithGenerated(
  { engine, instances, documents }: CompareServices,
  given: unknown,
): Promise<void> {
  const uri = fileOf(given) ?? vscode.window.activeTextEditor?.document.uri;
  if (!uri) throw noGeneratedFile(vscode.l10n.t('No file is open.'));
  const name = vscode.workspace.asRelativePath(uri);
  const found = generated(await instances.present(), uri);
  if (!found) throw noGeneratedFile(vscode.l10n.t('{0} was not generated.', name));
  const { of, path } = found;
  const text = await (await engine.load()).generated(of.files, of.dir, path);
  if (text === undefined) {
    throw new UserError(
      vscode.l10n.t('How {0} was generated is not known any more.', name),
      vscode.l10n.t('Bring {0} back from your source control.', '.patternsmith/base/'),
    );
  }
  const left = documents.provide(uri.path, 'generated', text);
  await vscode.commands.executeCommand(
    'vscode.diff',
    left,
    uri,
    vscode.l10n.t('{0} (as generated ↔ now)', path.split('/').at(-1) ?? path),
  );
}

function fileOf(given: unknown): vscode.Uri | undefined {
  if (given instanceof vscode.Uri) return given;
  const { of, file } = (given ?? {}) as Partial<{ of: PackageInstances; file: { path: string } }>;
  return file && of?.files.uri(file.path);
}

function generated(
  packages: readonly PackageInstances[],
  uri: vscode.Uri,
): { readonly of: PackageInstances; readonly path: string } | undefined {
  for (const of of packages) {
    const path = of.files.path(uri);
    const files = of.instances.flatMap((instance) => instance.files);
    if (path !== undefined && files.some((file) => file.path === path)) return { of, path };
  }
  return undefined;
}

function noGeneratedFile(what: string): UserError {
  return new UserError(what, vscode.l10n.t('Open a file that Patternsmith has generated first.'));
}
