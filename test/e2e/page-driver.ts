import { deepEqual } from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import type { DemoResult } from '../../src/demo/types.ts';
import type { DemoRun } from '../../src/demo/run.ts';

export const artifacts = join(import.meta.dirname, '../../.artifacts/e2e');

/** What the stand-in for the editor has recorded: scripts/lib/preview-host.js. */
interface Recorded {
  readonly sent: readonly Readonly<Record<string, unknown>>[];
  readonly violations: readonly string[];
}

/** Opens the page in the preview and waits for the first run of its demo. Errors of the page fail the caller. */
export class PageDriver {
  readonly page: Page;
  readonly errors: string[] = [];

  private constructor(page: Page) {
    this.page = page;
    page.on('pageerror', (error) => this.errors.push(error.stack ?? error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.errors.push(message.text());
    });
  }

  static async open(
    browser: Browser,
    url: string,
    options: BrowserContextOptions = {},
  ): Promise<PageDriver> {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 900 },
      ...options,
    });
    const driver = new PageDriver(await context.newPage());
    await driver.page.goto(url);
    return driver;
  }

  async close(): Promise<void> {
    await this.page.context().close();
  }

  /** Resolves when the demo has run that many times since the page was opened. */
  async ran(times: number): Promise<void> {
    await this.page.waitForSelector(`.demo[data-ready="${times}"]`);
  }

  async runs(): Promise<number> {
    return Number(await this.page.locator('.demo').getAttribute('data-ready'));
  }

  /** Simulated milliseconds of the playhead. */
  async moment(): Promise<number> {
    return Number(await this.page.locator('.demo').getAttribute('data-at'));
  }

  async dots(): Promise<number> {
    return this.page.locator('.topology circle[visibility="visible"]').count();
  }

  /** The pixels of a chart. */
  async pixels(chart: string): Promise<string> {
    return this.page
      .locator(`[data-chart="${chart}"] canvas`)
      .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
  }

  async figures(): Promise<Record<string, { with: number; without: number }>> {
    const shown = await this.page
      .locator('[data-figure]')
      .evaluateAll((all) =>
        all.map((one) =>
          ['figure', 'with', 'without'].map((name) => one.getAttribute(`data-${name}`)),
        ),
      );
    return Object.fromEntries(
      shown.map(([id, withIt, without]) => [
        id,
        { with: Number(withIt), without: Number(without) },
      ]),
    );
  }

  async recorded(): Promise<Recorded> {
    return this.page.evaluate(() => {
      const { sent, violations } = (globalThis as unknown as { preview: Recorded }).preview;
      return { sent, violations };
    });
  }

  async screenshot(name: string): Promise<void> {
    await mkdir(artifacts, { recursive: true });
    await this.page.screenshot({ path: join(artifacts, `${name}.png`) });
  }
}

/** The figures of a run, in the form in which the page shows them. */
export function figuresOf(run: DemoRun): Record<string, { with: number; without: number }> {
  const value = (result: DemoResult, id: string): number => result.figures[id] ?? NaN;
  return Object.fromEntries(
    Object.keys(run.with.figures).map((id) => [
      id,
      { with: value(run.with, id), without: value(run.without, id) },
    ]),
  );
}

export function sameFigures(
  shown: Record<string, { with: number; without: number }>,
  run: DemoRun,
): void {
  const expected = figuresOf(run);
  deepEqual(shown, Object.fromEntries(Object.keys(shown).map((id) => [id, expected[id]])));
}
