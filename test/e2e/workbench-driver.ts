import { cp, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Frame, Locator, Page } from 'playwright-core';
import { fetchServer } from '../../scripts/vscode/fetch.ts';
import { quiet, startServer, type RunningServer } from '../../scripts/vscode/server.ts';
import { launchChromium, workbenchAddress } from '../../scripts/vscode/workbench.ts';
import { artifacts } from './page-driver.ts';

const root = join(import.meta.dirname, '../..');

/** A real VS Code in the browser with the extension and a copy of the sample shop. */
export class Workbench {
  readonly page: Page;
  /** Absolute folder of the shop's copy. */
  readonly shop: string;
  readonly #browser: Browser;
  readonly #server: RunningServer;
  readonly #dir: string;

  private constructor(parts: {
    page: Page;
    browser: Browser;
    server: RunningServer;
    dir: string;
    shop: string;
  }) {
    this.page = parts.page;
    this.shop = parts.shop;
    this.#browser = parts.browser;
    this.#server = parts.server;
    this.#dir = parts.dir;
  }

  /** @param settings over VS Code's defaults */
  static async open(settings: Readonly<Record<string, unknown>> = {}): Promise<Workbench> {
    const { root: editor } = await fetchServer();
    const dir = await mkdtemp(join(tmpdir(), 'patternsmith-e2e-'));
    const shop = join(dir, 'shop');
    await cp(join(root, 'examples/shop'), shop, {
      recursive: true,
      filter: (path) => !/\/(node_modules|dist)(\/|$)/.test(path),
    });
    const server = await startServer({
      root: editor,
      extension: root,
      trusted: true,
      settings: { ...quiet, 'files.autoSave': 'off', ...settings },
    });
    const browser = await launchChromium();
    const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
    const workbench = new Workbench({ page, browser, server, dir, shop });
    try {
      await page.goto(workbenchAddress(server, { folder: shop }));
      await workbench.ready();
      return workbench;
    } catch (error) {
      await workbench.close();
      throw error;
    }
  }

  /** Resolves when the workbench answers and the extension's view is there. */
  async ready(): Promise<void> {
    await this.page.locator('.monaco-workbench .explorer-folders-view').waitFor();
    await this.page.locator('.activitybar').getByLabel('Patternsmith').first().waitFor();
  }

  async close(): Promise<void> {
    await this.#browser.close();
    await this.#server.stop();
    await rm(this.#dir, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  /** Runs a command as a user does: by its title in the palette. */
  async command(title: string): Promise<void> {
    await this.#type('F1', `>${title}`);
    await this.row(title).first().click();
  }

  async openFile(path: string): Promise<void> {
    await this.#type('ControlOrMeta+P', path);
    await this.row(path.split('/').at(-1) ?? path)
      .first()
      .click();
    await this.tab(path.split('/').at(-1) ?? path).waitFor();
  }

  /** Opens a quick pick and types. A page that takes the focus as it appears closes the pick: as a user would, it is opened again. */
  async #type(key: string, text: string): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(key);
      try {
        await this.input().fill(text, { timeout: 5_000 });
        return;
      } catch (error) {
        if (attempt === 5) throw error;
      }
    }
  }

  /** The text box of the quick pick or input box. */
  input(): Locator {
    return this.page.locator('.quick-input-widget:not([style*="display: none"]) input.input');
  }

  /** A line of the quick pick. */
  row(text: string): Locator {
    return this.page.locator('.quick-input-list .monaco-list-row', { hasText: text });
  }

  /** By the beginning of its title. */
  tab(title: string): Locator {
    return this.page.locator(`.tabs-container .tab[aria-label^="${title}"]`);
  }

  notification(text: string): Locator {
    return this.page.locator('.notification-list-item', { hasText: text });
  }

  /** Polls until `done`; a test that waits in vain ends by its time limit. */
  async until(done: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await done())) await this.page.waitForTimeout(100);
  }

  /** The innermost frame of the visible webview that holds `selector`; VS Code nests two. */
  async webview(selector: string): Promise<Frame> {
    for (let attempt = 0; attempt < 300; attempt++) {
      for (const frame of this.page.frames()) {
        const found = await frame
          .locator(selector)
          .count()
          .catch(() => 0);
        if (found > 0 && frame !== this.page.mainFrame()) return frame;
      }
      await this.page.waitForTimeout(100);
    }
    throw new Error(`no webview with ${selector} after 30 s`);
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(artifacts, { recursive: true });
    await this.page.screenshot({ path: join(artifacts, `${name}.png`) });
  }
}
