import { deepEqual, notEqual } from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser, BrowserContextOptions, Frame, Page } from 'playwright-core';
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
    // It runs as the real one does until a test holds it.
    await driver.page.clock.install();
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

  /** From here on the page's time, its animation frames included, moves by `page.clock.runFor` alone. */
  async holdTime(): Promise<void> {
    await this.page.clock.pauseAt(await this.page.evaluate(() => Date.now() + 1_000));
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

  /** Which share of a chart is not veiled: what has been played. */
  async played(chart: string): Promise<number> {
    const box = (selector: string) =>
      this.page
        .locator(`[data-chart="${chart}"] ${selector}`)
        .evaluate(
          (element) => [element.getBoundingClientRect().left, element.clientWidth] as const,
        );
    const [left, width] = await box('.u-over');
    const [veil] = await box('.veil');
    return Math.round(((veil - left) / width) * 1_000) / 1_000;
  }

  /** The pixels of a chart. */
  async pixels(chart: string): Promise<string> {
    return this.page
      .locator(`[data-chart="${chart}"] canvas`)
      .evaluate((canvas) => (canvas as unknown as { toDataURL(): string }).toDataURL());
  }

  figures(): Promise<Figures> {
    return figuresIn(this.page);
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

type Figures = Readonly<Record<string, { readonly with: number; readonly without: number }>>;

/** The figures as a page shows them. */
export async function figuresIn(frame: Page | Frame): Promise<Figures> {
  const shown = await frame
    .locator('[data-figure]')
    .evaluateAll((all) =>
      all.map((one) =>
        ['figure', 'with', 'without'].map((name) => one.getAttribute(`data-${name}`)),
      ),
    );
  return Object.fromEntries(
    shown.map(([id, withIt, without]) => [id, { with: Number(withIt), without: Number(without) }]),
  );
}

/** Fails unless each figure shown is the one of that run, and there are some. */
export function sameFigures(shown: Figures, run: DemoRun): void {
  const ids = Object.keys(shown);
  notEqual(ids.length, 0);
  const expected = ids.map((id) => [
    id,
    { with: run.with.figures[id], without: run.without.figures[id] },
  ]);
  deepEqual(shown, Object.fromEntries(expected));
}
