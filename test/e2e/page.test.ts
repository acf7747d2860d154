import { deepEqual, equal, notEqual, ok } from 'node:assert/strict';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { startPreview, type Preview } from '../../scripts/page-preview.ts';
import { launchChromium } from '../../scripts/vscode/workbench.ts';
import { runDemo } from '../../src/demo/run.ts';
import type { Demo } from '../../src/demo/types.ts';
import { seriousViolations } from './axe.ts';
import { PageDriver, sameFigures } from './page-driver.ts';

const demos = join(import.meta.dirname, '../../dist/demos');
const themes = ['dark', 'light', 'high-contrast', 'high-contrast-light'];

describe('the pattern page', () => {
  let preview: Preview;
  let browser: Browser;
  let demo: Demo;
  let driver: PageDriver;
  before(async () => {
    // The very bytes that the page loads: `node esbuild.mjs` has made them.
    ({ default: demo } = (await import(join(demos, 'cache-aside.mjs'))) as { default: Demo });
    preview = await startPreview();
    browser = await launchChromium();
  });
  after(async () => {
    await browser.close();
    await preview.close();
  });
  afterEach(() => driver.close());

  const open = async (
    query: string,
    options: Parameters<typeof PageDriver.open>[2] = {},
  ): Promise<PageDriver> => {
    driver = await PageDriver.open(browser, `${preview.url}?pattern=cache-aside&${query}`, options);
    return driver;
  };

  it('runs under the policy of the editor: nothing is refused, nothing fails', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    await page.getByText('more, 19 in all').click();
    await page.getByLabel('Load time').press('ArrowLeft');
    await driver.ran(2);
    deepEqual((await driver.recorded()).violations, []);
    deepEqual(driver.errors, []);
  });

  it('shows the numbers that Node gets from the same code and seed, at the defaults and after a change', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    sameFigures(await driver.figures(), await runDemo(demo));
    await page.getByLabel('Connections').press('ArrowLeft');
    await page.getByLabel('Seed').fill('42');
    await page.getByLabel('Seed').press('Enter');
    await page.getByText('seed 42').waitFor();
    sameFigures(
      await driver.figures(),
      await runDemo(demo, { knobs: { connections: 7 }, seed: 42 }),
    );
  });

  it('does so for the demo of every pattern, with nothing refused and no serious finding of axe', async () => {
    const files = (await readdir(demos)).filter((name) => name.endsWith('.mjs'));
    ok(files.length >= 3);
    for (const file of files) {
      const { default: other } = (await import(join(demos, file))) as { default: Demo };
      driver = await PageDriver.open(browser, `${preview.url}?pattern=${other.id}&theme=light`);
      await driver.ran(1);
      sameFigures(await driver.figures(), await runDemo(other));
      deepEqual((await driver.recorded()).violations, []);
      deepEqual(driver.errors, []);
      deepEqual(await seriousViolations(driver.page), []);
      await driver.screenshot(`page-of-${other.id}`);
      await driver.close();
    }
  });

  it('plays the run back: the moment moves, dots move, pause holds both, restart begins again', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    await driver.holdTime();
    await page.getByRole('button', { name: 'Restart' }).click();
    const first = await driver.moment();
    let dots = 0;
    for (let step = 0; step < 20; step++) {
      await page.clock.runFor(100);
      dots = Math.max(dots, await driver.dots());
    }
    ok(dots > 0);
    await page.getByRole('button', { name: 'Pause' }).click();
    const held = await driver.moment();
    ok(held > first + 3_000, `only ${held - first} ms were played`);
    const played = await driver.played('loads');
    ok(Math.abs(played - held / demo.durationMs) < 0.01, `${played} of the chart is unveiled`);
    await page.clock.runFor(300);
    equal(await driver.moment(), held);
    await page.getByRole('button', { name: 'Restart' }).click();
    ok((await driver.moment()) < held);
    await page.getByRole('button', { name: 'Pause' }).waitFor();
  });

  it('a knob that moves draws both charts anew and leaves the moment where it is', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    await page.getByRole('button', { name: 'Pause' }).click();
    const before = [await driver.pixels('loads'), await driver.pixels('latency')];
    const moment = await driver.moment();
    for (let step = 0; step < 3; step++) await page.getByLabel('Connections').press('ArrowLeft');
    await page.waitForFunction(
      () => Number(document.querySelector('.demo')?.getAttribute('data-ready')) > 1,
    );
    equal(await page.getByLabel('Connections').getAttribute('aria-valuetext'), '5');
    const after = [await driver.pixels('loads'), await driver.pixels('latency')];
    after.forEach((pixels, index) => notEqual(pixels, before[index]));
    equal(await driver.moment(), moment);
  });

  it('without the pattern the picture tells another story at the same moment', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    await page.getByLabel('Moment of the run').fill('4000');
    const kinds = (): Promise<string[]> =>
      page
        .locator('.topology circle[visibility="visible"]')
        .evaluateAll((dots) =>
          dots.map((dot) => `${dot.getAttribute('cx')} ${dot.getAttribute('cy')}`),
        );
    const withIt = await kinds();
    await page.getByRole('radio', { name: 'Without' }).check();
    notEqual((await kinds()).join(), withIt.join());
  });

  it('is used by keyboard alone: every control is reached in order, and shows that it is', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    const reached: string[] = [];
    for (let step = 0; step < 30; step++) {
      await page.keyboard.press('Tab');
      const focus = await page.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body) return undefined;
        const outlined = [element, element.closest('label')].some((one) => {
          const style = one && getComputedStyle(one);
          return style && style.outlineStyle !== 'none' && style.outlineWidth !== '0px';
        });
        const label = document.querySelector(`label[for="${element.id}"]`)?.textContent;
        const name =
          element.getAttribute('aria-label') ??
          label ??
          element.closest('label')?.textContent ??
          element.textContent;
        return { name, outlined };
      });
      if (!focus) break;
      ok(focus.outlined, `the focus on "${focus.name}" cannot be seen`);
      reached.push(String(focus.name).trim());
    }
    deepEqual(reached.slice(0, 15), [
      'Compare…',
      'Scaffold into shop…',
      'With',
      'Pause',
      'Restart',
      'Moment of the run',
      ...demo.knobs.map((knob) => knob.label),
      'Seed',
      'Another',
      'Open the code it runs',
    ]);
    ok(reached.includes('Materialized View'));
    await page.getByRole('radio', { name: 'With', exact: true }).focus();
    await page.keyboard.press('ArrowLeft');
    equal(await page.locator('.demo').getAttribute('data-variant'), 'without');
  });

  it('asks the editor for what it cannot do itself', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    for (const name of ['Scaffold into shop…', 'Compare…', 'Open the code it runs', 'CQRS']) {
      await page.getByRole('button', { name }).press('Enter');
    }
    deepEqual((await driver.recorded()).sent, [
      { type: 'ready' },
      { type: 'scaffold', pattern: 'cache-aside' },
      { type: 'compare', pattern: 'cache-aside' },
      { type: 'openCode', pattern: 'cache-aside', file: demo.runs[0] },
      { type: 'openPattern', pattern: 'cqrs' },
    ]);
  });

  for (const [who, query, options] of [
    ['the system', 'theme=dark', { reducedMotion: 'reduce' }],
    ['the editor', 'theme=dark&reduce-motion=1', {}],
  ] as const) {
    it(`with motion reduced by ${who} it shows the end of the run, and nothing moves`, async () => {
      await open(query, options);
      await driver.ran(1);
      equal(await driver.moment(), demo.durationMs);
      equal(await driver.dots(), 0);
      for (const chart of demo.charts) equal(await driver.played(chart.id), 1);
      await driver.page.getByRole('button', { name: 'Play' }).waitFor();
      await driver.page.waitForTimeout(300);
      equal(await driver.moment(), demo.durationMs);
    });
  }

  it('stops moving when motion is reduced while it plays', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    await page.evaluate(() => document.body.classList.add('vscode-reduce-motion'));
    await page.getByRole('button', { name: 'Play' }).waitFor();
    equal(await driver.moment(), demo.durationMs);
  });

  it('comes back after a reload as it was: knobs, seed, paused, and the place in the text', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    await page.getByRole('button', { name: 'Pause' }).click();
    await page.getByLabel('Reads').fill('100');
    await page.getByLabel('Seed').fill('11');
    await page.getByLabel('Seed').press('Enter');
    await page.getByText('seed 11').waitFor();
    const figures = await driver.figures();
    await page.evaluate(() => scrollTo(0, 700));
    await page.waitForFunction(() =>
      (sessionStorage.getItem('state') ?? '').includes('"scroll":700'),
    );
    await page.reload();
    await driver.ran(1);
    equal(await page.getByLabel('Reads').inputValue(), '100');
    equal(await page.getByLabel('Seed').inputValue(), '11');
    equal(await page.evaluate(() => scrollY), 700);
    await page.getByRole('button', { name: 'Play' }).waitFor();
    deepEqual(await driver.figures(), figures);
  });

  it('a state that is none, or of an older demo, does no harm', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    const figures = await driver.figures();
    const state = {
      version: 1,
      pattern: 'cache-aside',
      knobs: { speed: 9 },
      seed: 7,
      scroll: 0,
      playing: false,
    };
    for (const kept of [JSON.stringify(state), '{"version":0}', '"x"']) {
      await page.evaluate((text) => sessionStorage.setItem('state', text), kept);
      await page.reload();
      await driver.ran(1);
      deepEqual(await driver.figures(), figures);
    }
    deepEqual(driver.errors, []);
  });

  for (const theme of themes) {
    it(`has no serious or critical finding of axe in ${theme}`, async () => {
      const { page } = await open(`theme=${theme}`);
      await driver.ran(1);
      await page.getByText('more, 19 in all').click();
      deepEqual(await seriousViolations(page), []);
      await driver.screenshot(`page-${theme}`);
    });
  }

  it('keeps working in forced colours', async () => {
    await open('theme=high-contrast', { forcedColors: 'active' });
    await driver.ran(1);
    await driver.screenshot('page-forced-colors');
    deepEqual(driver.errors, []);
  });

  for (const [what, width] of [
    ['a very narrow editor', 360],
    ['a narrow editor', 480],
    ['200 % zoom', 640],
  ] as const) {
    it(`in ${what} the panel stands above the text, and nothing is cut off`, async () => {
      const { page } = await open('theme=light', { viewport: { width, height: 900 } });
      await driver.ran(1);
      const panel = await page.locator('aside').boundingBox();
      const article = await page.locator('article').boundingBox();
      ok(panel && article && panel.y + panel.height <= article.y);
      equal(await page.evaluate(() => document.documentElement.scrollWidth), width);
      deepEqual(await seriousViolations(page), []);
      await driver.screenshot(`page-${width}`);
    });
  }

  it('in a wide editor the panel stays in view while the text scrolls', async () => {
    const { page } = await open('theme=dark');
    await driver.ran(1);
    await page.evaluate(() => scrollTo(0, 1_500));
    const panel = await page.locator('.demo').boundingBox();
    ok(panel && panel.y >= 0 && panel.y < 100);
  });

  it('says so when the demo cannot be loaded, and tries again when asked', async () => {
    driver = await PageDriver.open(browser, 'about:blank');
    const { page } = driver;
    await page.route('**/dist/demos/**', (route) => route.fulfill({ status: 404 }));
    await page.goto(`${preview.url}?pattern=cache-aside&theme=dark`);
    await page.getByText('The demo could not start').waitFor();
    ok((await driver.recorded()).sent.some((message) => message['type'] === 'problem'));
    await page.unroute('**/dist/demos/**');
    await page.getByRole('button', { name: 'Try again' }).click();
    await driver.ran(1);
  });

  it('says what the editor says when there is no page, and asks again', async () => {
    driver = await PageDriver.open(browser, `${preview.url}?pattern=none&theme=dark`);
    const { page } = driver;
    await page.getByText('There is no pattern "none".').waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    equal((await driver.recorded()).sent.length, 2);
    deepEqual(await seriousViolations(page), []);
  });

  it('a pattern that is described only says so, and shows no empty panel', async () => {
    driver = await PageDriver.open(browser, `${preview.url}?pattern=sharding&theme=dark`);
    const { page } = driver;
    await page.getByText('it cannot be scaffolded yet').waitFor();
    equal(await page.locator('aside').count(), 0);
    deepEqual(await seriousViolations(page), []);
  });
});
