import * as vscode from 'vscode';
import type { Family, Pattern } from '../catalog/types.ts';
import { commandIds, viewIds } from './contributions.ts';
import { byFamily, families, familyTitle } from './patterns.ts';
import type { Patterns } from './patterns.ts';

/** A family, or a pattern by its id; commands of the tree take the node as their argument. */
type Node = { readonly family: Family } | { readonly pattern: string; readonly of: Pattern };

/** All patterns by family; each opens its page. */
class PatternTree implements vscode.TreeDataProvider<Node> {
  readonly #patterns: Patterns;
  readonly onDidChangeTreeData: vscode.Event<void>;

  constructor(patterns: Patterns) {
    this.#patterns = patterns;
    this.onDidChangeTreeData = patterns.onDidChange;
  }

  async getChildren(node?: Node): Promise<Node[]> {
    const catalog = await this.#patterns.catalog();
    if (!node) {
      return families
        .filter((family) => byFamily(catalog, family).length > 0)
        .map((family) => ({ family }));
    }
    return 'family' in node
      ? byFamily(catalog, node.family).map((pattern) => ({ pattern: pattern.id, of: pattern }))
      : [];
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return 'family' in node ? familyItem(node.family) : patternItem(node.of);
  }
}

function familyItem(family: Family): vscode.TreeItem {
  const item = new vscode.TreeItem(familyTitle(family), vscode.TreeItemCollapsibleState.Expanded);
  item.id = family;
  return item;
}

function patternItem(pattern: Pattern): vscode.TreeItem {
  const item = new vscode.TreeItem(pattern.title);
  item.id = pattern.id;
  item.tooltip = pattern.intent;
  if (pattern.own !== undefined) item.description = vscode.l10n.t('own template');
  // What can be scaffolded stands out from what is described only.
  item.iconPath = new vscode.ThemeIcon(pattern.scaffold ? 'package' : 'book');
  item.contextValue = pattern.scaffold ? 'pattern.scaffold' : 'pattern';
  item.command = {
    command: commandIds.openPage,
    title: vscode.l10n.t('Open Pattern Page'),
    arguments: [pattern.id],
  };
  return item;
}

export function registerTree(patterns: Patterns): vscode.Disposable {
  return vscode.window.registerTreeDataProvider(viewIds.patterns, new PatternTree(patterns));
}
