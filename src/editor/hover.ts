import * as vscode from 'vscode';
import type { Catalog, HoverTrigger, Pattern } from '../catalog/types.ts';
import { commandIds, hoverCommands, settingIds, settingsSection } from './contributions.ts';
import type { CommandId } from './contributions.ts';
import { importedPackages, nameAt } from './source-scan.ts';
import type { Patterns } from './patterns.ts';

interface Entry {
  readonly pattern: Pattern;
  readonly trigger: HoverTrigger;
}

export function registerHover(patterns: Patterns): vscode.Disposable {
  return vscode.languages.registerHoverProvider(
    ['typescript', 'typescriptreact', 'javascript', 'javascriptreact'],
    new PatternHover(patterns),
  );
}

/** A few lines on what stands under the cursor, where the file imports what they are about. */
class PatternHover implements vscode.HoverProvider {
  readonly #patterns: Patterns;
  #index: Promise<ReadonlyMap<string, readonly Entry[]>> | undefined;

  constructor(patterns: Patterns) {
    this.#patterns = patterns;
    patterns.onDidChange(() => (this.#index = undefined));
  }

  async provideHover(
    document: vscode.TextDocument,
    position: vscode.Position,
  ): Promise<vscode.Hover | undefined> {
    const settings = vscode.workspace.getConfiguration(settingsSection, document);
    if (!settings.get(settingIds.hover, true)) return undefined;
    const found = nameAt(document.lineAt(position.line).text, position.character);
    if (!found) return undefined;
    this.#index ??= this.#patterns.catalog().then(indexByName);
    const index = await this.#index;
    const entries = found.names.map((name) => index.get(name)).find((it) => it !== undefined);
    if (!entries) return undefined;
    const imported = importedPackages(document.getText());
    const shown = entries.filter(
      ({ trigger }) =>
        trigger.imports.length === 0 || trigger.imports.some((name) => imported.has(name)),
    );
    if (shown.length === 0) return undefined;
    const { line } = position;
    return new vscode.Hover(
      shown.flatMap(hoverText),
      new vscode.Range(line, found.start, line, found.end),
    );
  }
}

function indexByName(catalog: Catalog): ReadonlyMap<string, readonly Entry[]> {
  const index = new Map<string, Entry[]>();
  for (const pattern of catalog.patterns.values()) {
    for (const trigger of pattern.scaffold?.hover ?? []) {
      for (const name of trigger.names) {
        index.set(name, [...(index.get(name) ?? []), { pattern, trigger }]);
      }
    }
  }
  return index;
}

function hoverText({ pattern, trigger }: Entry): vscode.MarkdownString[] {
  const page = link(pattern.title, commandIds.openPage, pattern.id);
  const scaffold = link(vscode.l10n.t('Scaffold…'), commandIds.scaffold, { pattern: pattern.id });
  const links = `${page} · ${scaffold}`;
  if (pattern.own === undefined) return [trusted(`${trigger.text}\n\n${links}`)];
  // What a project wrote runs no command and loads no picture, whatever it says.
  const text = new vscode.MarkdownString(trigger.text.replaceAll('![', '!\\['));
  return [text, trusted(links)];
}

function trusted(markdown: string): vscode.MarkdownString {
  const text = new vscode.MarkdownString(markdown);
  text.isTrusted = { enabledCommands: hoverCommands };
  return text;
}

function link(label: string, command: CommandId, argument: unknown): string {
  return `[${label}](command:${command}?${encodeURIComponent(JSON.stringify([argument]))})`;
}
