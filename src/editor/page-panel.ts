import { randomBytes } from 'node:crypto';
import * as vscode from 'vscode';
import type { Pattern } from '../catalog/types.ts';
import { pageHtml } from '../page/html.ts';
import { pageData } from '../page/page-data.ts';
import { isPageState, isPageToHost } from '../page/protocol.ts';
import type { HostToPage, PageToHost } from '../page/protocol.ts';
import { exists } from './apply.ts';
import { commandIds, pageViewType } from './contributions.ts';
import { errorText } from './errors.ts';
import type { ErrorReporter } from './errors.ts';
import type { Patterns } from './patterns.ts';
import type { RunCode } from './run-code.ts';

/** What a page may load: its own bundle, the demos, pictures. */
const resourceFolders = ['dist/page', 'dist/demos', 'media'];

/** The pattern pages. Each pattern has at most one panel; a link to another pattern turns the panel over to it. */
export class Pages implements vscode.Disposable {
  readonly #extension: vscode.Uri;
  readonly #patterns: Patterns;
  readonly #code: RunCode;
  readonly #log: vscode.LogOutputChannel;
  readonly #errors: ErrorReporter;
  readonly #open = new Set<Page>();
  readonly #serializer: vscode.Disposable;

  constructor(
    extension: vscode.Uri,
    patterns: Patterns,
    code: RunCode,
    log: vscode.LogOutputChannel,
    errors: ErrorReporter,
  ) {
    this.#extension = extension;
    this.#patterns = patterns;
    this.#code = code;
    this.#log = log;
    this.#errors = errors;
    this.#serializer = vscode.window.registerWebviewPanelSerializer(pageViewType, {
      deserializeWebviewPanel: async (panel, state: unknown) => {
        if (isPageState(state)) this.#adopt(panel, state.pattern);
        else panel.dispose();
      },
    });
  }

  /** Shows the page of a pattern; throws `UserError` for one that does not exist. Without an id it asks. */
  async show(id: string | undefined, column?: vscode.ViewColumn): Promise<void> {
    const pattern = id === undefined ? await this.#choose([]) : await this.#patterns.pattern(id);
    if (!pattern) return;
    const shown = this.#find(pattern.id);
    if (shown) {
      shown.panel.reveal();
      return;
    }
    const panel = vscode.window.createWebviewPanel(
      pageViewType,
      pattern.title,
      column ?? vscode.ViewColumn.Active,
      { enableFindWidget: true },
    );
    this.#adopt(panel, pattern.id);
  }

  dispose(): void {
    this.#serializer.dispose();
    for (const page of this.#open) page.panel.dispose();
  }

  #find(id: string): Page | undefined {
    return [...this.#open].find((page) => page.pattern === id);
  }

  #adopt(panel: vscode.WebviewPanel, pattern: string): void {
    const page: Page = { panel, pattern };
    this.#open.add(page);
    const listener = panel.webview.onDidReceiveMessage((message: unknown) => {
      if (isPageToHost(message)) void this.#answer(page, message);
      else this.#log.warn('a page sent a message that is none of its own');
    });
    panel.onDidDispose(() => {
      listener.dispose();
      this.#open.delete(page);
    });
    panel.iconPath = vscode.Uri.joinPath(this.#extension, 'media/icon.png');
    panel.webview.options = {
      enableScripts: true,
      localResourceRoots: resourceFolders.map((path) => this.#uri(path)),
    };
    panel.webview.html = pageHtml({
      nonce: randomBytes(16).toString('base64'),
      cspSource: panel.webview.cspSource,
      script: panel.webview.asWebviewUri(this.#uri('dist/page/page.js')).toString(),
      style: panel.webview.asWebviewUri(this.#uri('dist/page/page.css')).toString(),
      language: vscode.env.language,
    });
  }

  async #answer(page: Page, message: PageToHost): Promise<void> {
    try {
      switch (message.type) {
        case 'ready':
          return await this.#fill(page);
        case 'scaffold':
          return await vscode.commands.executeCommand(commandIds.scaffold, {
            pattern: message.pattern,
          });
        case 'openPattern':
          return await this.#turn(page, message.pattern);
        case 'compare':
          return await this.#compare(message.pattern);
        case 'openCode':
          return await this.#code.open(await this.#patterns.pattern(message.pattern), message.file);
        case 'problem':
          return this.#log.warn(`page of ${page.pattern}: ${message.message}`);
      }
    } catch (error) {
      if (message.type === 'ready') await post(page, { type: 'failed', message: errorText(error) });
      void this.#errors.tell(error);
    }
  }

  async #fill(page: Page): Promise<void> {
    const catalog = await this.#patterns.catalog();
    const pattern = await this.#patterns.pattern(page.pattern);
    page.panel.title = pattern.title;
    const demo = this.#uri(`dist/demos/${pattern.id}.mjs`);
    const data = pageData(catalog, pattern, {
      markdown: await this.#markdown(pattern),
      // A demo runs what came with the product; of an own template no code is ever run here.
      demo:
        pattern.own === undefined && (await exists(demo))
          ? page.panel.webview.asWebviewUri(demo).toString()
          : undefined,
      target: onlyFolder()?.name,
    });
    await post(page, { type: 'show', page: data });
  }

  /** The team that has a pattern of its own need not have written of it. */
  async #markdown(pattern: Pattern): Promise<string> {
    const text = this.#patterns.text(pattern, 'page.md');
    return pattern.own === undefined ? text : text.catch(() => '');
  }

  async #turn(page: Page, id: string): Promise<void> {
    const pattern = await this.#patterns.pattern(id);
    const shown = this.#find(pattern.id);
    if (shown) {
      shown.panel.reveal();
      return;
    }
    page.pattern = pattern.id;
    await this.#fill(page);
  }

  /** Opens another pattern beside this one; those that relate to it are offered first. */
  async #compare(id: string): Promise<void> {
    const { relations } = await this.#patterns.pattern(id);
    const related = [
      ...relations.alternativeTo,
      ...relations.specialCaseOf,
      ...relations.composesWith,
    ];
    const other = await this.#choose(related, id);
    if (other) await this.show(other.id, vscode.ViewColumn.Beside);
  }

  async #choose(first: readonly string[], except?: string): Promise<Pattern | undefined> {
    const { patterns } = await this.#patterns.catalog();
    const rank = (id: string) => (first.includes(id) ? first.indexOf(id) : first.length);
    const items = [...patterns.values()]
      .filter(({ id }) => id !== except)
      .sort((a, b) => rank(a.id) - rank(b.id))
      .map((pattern) => ({ label: pattern.title, detail: pattern.intent, pattern }));
    const chosen = await vscode.window.showQuickPick(items, {
      placeHolder: vscode.l10n.t('Which pattern?'),
      matchOnDetail: true,
    });
    return chosen?.pattern;
  }

  #uri(path: string): vscode.Uri {
    return vscode.Uri.joinPath(this.#extension, path);
  }
}

interface Page {
  readonly panel: vscode.WebviewPanel;
  /** What it shows now. */
  pattern: string;
}

async function post({ panel }: Page, message: HostToPage): Promise<void> {
  await panel.webview.postMessage(message);
}

/** Where several folders are open, it is known only later which one a scaffold goes into. */
function onlyFolder(): vscode.WorkspaceFolder | undefined {
  const folders = vscode.workspace.workspaceFolders ?? [];
  return folders.length === 1 ? folders[0] : undefined;
}
