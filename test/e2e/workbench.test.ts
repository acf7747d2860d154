import { deepEqual, equal, match, notEqual, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { runDemo } from '../../src/demo/run.ts';
import type { Demo } from '../../src/demo/types.ts';
import { seriousViolations } from './axe.ts';
import { figuresIn, sameFigures } from './page-driver.ts';
import { Workbench } from './workbench-driver.ts';

const demoFile = join(import.meta.dirname, '../../dist/demos/cache-aside.mjs');
const repository = 'src/users/user-repository.ts';

describe('a user in VS Code', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  const shopFile = (path: string): Promise<string> => readFile(join(workbench.shop, path), 'utf8');
  before(async () => {
    workbench = await Workbench.open();
  });
  after(async () => {
    // Undefined when it did not open.
    await (workbench as Workbench | undefined)?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('workbench-failure');
  });

  it('goes from the palette to the applied diff; nothing is written before', async () => {
    const { page } = workbench;
    const before = await shopFile(repository);
    await workbench.openFile(repository);
    await workbench.command('Patternsmith: Scaffold Pattern…');
    await workbench.row('Cache-Aside').click();
    await workbench.row('UserRepository.findById').click();
    await page.getByText('Name of the instance').waitFor();
    await page.keyboard.press('Enter');
    await workbench.row('Memory').click();

    await workbench.tab('Scaffold cache-aside/user').waitFor();
    await workbench.notification('Nothing is written yet').waitFor();
    await page.getByText('await this.#byId.invalidate(id)').first().waitFor();
    await workbench.screenshot('workbench-preview');
    equal(await shopFile(repository), before);
    equal(existsSync(join(workbench.shop, 'src/patterns')), false);

    await workbench
      .notification('Nothing is written yet')
      .getByRole('button', { name: 'Apply' })
      .click();
    await workbench.notification('Scaffolded cache-aside/user').waitFor();
    await workbench.screenshot('workbench-applied');
    match(await shopFile(repository), /await this\.#byId\.invalidate\(user\.id\)/);
    match(await shopFile('src/patterns/user-cache.ts'), /createCacheAside</);
  });

  it('takes all of it back with one undo', async () => {
    await workbench
      .notification('Scaffolded cache-aside/user')
      .getByRole('button', { name: 'Undo' })
      .click();
    await workbench.until(() => !existsSync(join(workbench.shop, 'src/patterns/user-cache.ts')));
    await workbench.until(async () => !(await shopFile(repository)).includes('#byId'));
  });

  describe('the page of a pattern', () => {
    let demo: Demo;
    let frame: Frame;
    before(async () => {
      ({ default: demo } = (await import(demoFile)) as { default: Demo });
      await workbench.command('Patternsmith: Open Pattern Page…');
      await workbench.row('Cache-Aside').first().click();
      frame = await workbench.webview('.demo[data-ready]');
    });

    it('runs the demo, with the numbers that Node gets', async () => {
      sameFigures(await figuresIn(frame), await runDemo(demo));
      await workbench.screenshot('workbench-page');
    });

    it('plays it: moment and dots move', async () => {
      const moment = async (): Promise<number> =>
        Number(await frame.locator('.demo').getAttribute('data-at'));
      const first = await moment();
      await workbench.until(async () => (await moment()) > first + 2_000);
      ok((await frame.locator('.topology circle[visibility="visible"]').count()) > 0);
      await frame.getByRole('button', { name: 'Pause' }).click();
    });

    it('draws its charts anew when a knob moves', async () => {
      const pixels = (): Promise<string> =>
        frame
          .locator('[data-chart="loads"] canvas')
          .evaluate((canvas) => (canvas as HTMLCanvasElement).toDataURL());
      const before = await pixels();
      await frame.getByLabel('Connections').focus();
      await workbench.page.keyboard.press('ArrowLeft');
      await workbench.until(async () => (await pixels()) !== before);
      await frame.getByText('7', { exact: true }).first().waitFor();
      sameFigures(await figuresIn(frame), await runDemo(demo, { knobs: { connections: 7 } }));
    });

    it('has no serious or critical finding of axe', async () => {
      deepEqual(await seriousViolations(frame), []);
    });

    it('opens the code that it runs', async () => {
      await frame.getByRole('button', { name: 'Open the code it runs' }).click();
      await workbench.tab('cache-aside.ts').waitFor();
      await workbench.page.getByText('CacheAsideOptions').first().waitFor();
      await workbench.screenshot('workbench-code');
    });

    it('comes back after the window is reloaded, as it was left', async () => {
      await workbench.tab('Cache-Aside').click();
      frame = await workbench.webview('.demo[data-ready]');
      equal(await frame.getByLabel('Connections').inputValue(), '7');
      // VS Code's own way: it waits until what is to be kept is kept.
      const reloaded = workbench.page.waitForEvent('load');
      await workbench.command('Developer: Reload Window');
      await reloaded;
      await workbench.ready();
      frame = await workbench.webview('.demo[data-ready]');
      equal(await frame.getByLabel('Connections').inputValue(), '7');
      await frame.getByRole('button', { name: 'Play' }).waitFor();
    });

    it('starts the scaffold from its button', async () => {
      await frame.getByRole('button', { name: 'Scaffold into shop…' }).click();
      await workbench.page.getByText('Wire it to what?').or(workbench.input()).first().waitFor();
      await workbench.row('Nothing yet').waitFor();
      await workbench.page.keyboard.press('Escape');
    });
  });
});

describe('a user with settings of their own', function () {
  this.timeout(180_000);

  it('has the page in high contrast, and without motion where the editor says so', async () => {
    const workbench = await Workbench.open({
      'workbench.colorTheme': 'Default High Contrast',
      'workbench.reduceMotion': 'on',
    });
    try {
      await workbench.command('Patternsmith: Open Pattern Page…');
      await workbench.row('Cache-Aside').first().click();
      const frame = await workbench.webview('.demo[data-ready]');
      equal(await frame.locator('.demo').getAttribute('data-at'), '60000');
      notEqual(await frame.locator('body.vscode-high-contrast').count(), 0);
      deepEqual(await seriousViolations(frame), []);
      await workbench.screenshot('workbench-high-contrast');
    } finally {
      await workbench.close();
    }
  });
});
