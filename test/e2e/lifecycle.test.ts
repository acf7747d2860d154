import { deepEqual, match } from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from '../../src/plan/receipt.ts';
import { Workbench } from './workbench-driver.ts';

const unit = 'src/patterns/cache-aside/cache-aside.ts';
const own = 'src/patterns/user-cache.ts';
const ownTest = 'src/patterns/user-cache.test.ts';
const receipt = '.patternsmith/receipt.json';

describe('a user with something scaffolded', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  const read = (path: string): Promise<string> => readFile(join(workbench.shop, path), 'utf8');
  const write = (path: string, text: string): Promise<void> =>
    writeFile(join(workbench.shop, path), text);
  before(async () => {
    workbench = await Workbench.open();
  });
  after(async () => {
    // Undefined when it did not open.
    await (workbench as Workbench | undefined)?.close();
  });
  afterEach(async function () {
    if (this.currentTest?.state === 'failed') await workbench.screenshot('lifecycle-failure');
  });

  /** What lines of the view show: label and description. */
  const item = (text: string | RegExp) =>
    workbench.page.getByRole('treeitem').filter({ hasText: text });

  it('reads how to begin while there is nothing yet', async () => {
    const { page } = workbench;
    await workbench.command('View: Show Patternsmith');
    await page.getByText('Nothing was scaffolded in this workspace yet.').waitFor();
    await workbench.screenshot('lifecycle-welcome');
    await page.getByRole('button', { name: 'Scaffold Pattern…' }).click();
    await workbench.row('Cache-Aside').first().waitFor();
    await page.keyboard.press('Escape');
  });

  it('sees it in the tree and above its file', async () => {
    const { page } = workbench;
    await workbench.openFile('src/users/user-repository.ts');
    await workbench.command('Patternsmith: Scaffold Pattern…');
    await workbench.row('Cache-Aside').first().click();
    await workbench.row('UserRepository.findById').click();
    await page.getByText('Name of the instance').waitFor();
    await page.keyboard.press('Enter');
    await workbench.row('Memory').click();
    await workbench
      .notification('Nothing is written yet')
      .getByRole('button', { name: 'Apply' })
      .click();
    await workbench.notification('Scaffolded cache-aside/user').waitFor();
    await workbench.command('View: Show Patternsmith');
    await item(/cache-aside\/user/).click();
    await item(/^user-cache\.ts/).click();
    await workbench.tab('user-cache.ts').waitFor();
    await page.getByText('cache-aside · memory · clean').waitFor();
    await workbench.screenshot('lifecycle-tree');
  });

  it('reads what became of it, and what can be done with it', async () => {
    const { page } = workbench;
    await workbench.command('Patternsmith: Show Status…');
    await workbench.row('cache-aside/user').first().click();
    await page
      .locator('.quick-input-title', { hasText: 'cache-aside/user · memory · clean' })
      .waitFor();
    const rows = page.locator('.quick-input-list .monaco-list-row .label-name:visible');
    deepEqual(await rows.allInnerTexts(), [
      'Open src/patterns/user-cache.ts',
      'Open src/patterns/user-cache.test.ts',
      'Open page',
      'Switch engine…',
      'Remove…',
    ]);
    await workbench.screenshot('lifecycle-status');
    await page.keyboard.press('Escape');
  });

  it('sees what was changed, what is missing and what is newer', async () => {
    const there = await Promise.all(
      [own, ownTest, unit, receipt].map(async (path) => [path, await read(path)] as const),
    );
    await write(own, `// mine\n${await read(own)}`);
    await item(/^user-cache\.ts.*modified/).waitFor();
    await rm(join(workbench.shop, ownTest));
    await item(/^user-cache\.test\.ts.*missing/).waitFor();
    await item(/cache-aside\/user.*files missing/).waitFor();
    await write(unit, `// mine\n${await read(unit)}`);
    await item(/^patterns\/cache-aside.*modified/).waitFor();
    await workbench.screenshot('lifecycle-states');
    await write(
      receipt,
      (await read(receipt)).replace(/("src\/patterns\/kernel.*@)\d+\.\d+\.\d+ /g, '$10.0.1 '),
    );
    await item(/^kernel\/clock.*update to/).waitFor();
    await item(/^kernel\/clock/).click();
    await workbench.page.locator('.activitybar .badge-content', { hasText: '1' }).waitFor();
    await workbench.screenshot('lifecycle-updates');
    for (const [path, text] of there) await write(path, text);
    await item(/cache-aside\/user.*clean/).waitFor();
  });

  it('merges by hand what both sides have changed', async () => {
    const newest = await read(unit);
    const older = newest.replace('export ', '/* older */ export ');
    const lowered = (await read(receipt))
      .replace(/( version": ")\d+\.\d+\.\d+/g, '$10.0.1')
      .replace(/@\d+\.\d+\.\d+ sha256/g, '@0.0.1 sha256')
      .replace(hashOf(newest), hashOf(older));
    await write(`.patternsmith/base/${unit}.txt`, older);
    await write(unit, older.replace('/* older */', '/* MINE */'));
    await write(receipt, lowered);
    await workbench.command('Patternsmith: Update…');
    await workbench.row('cache-aside/user').first().click();
    await workbench.tab('Update cache-aside/user').waitFor();
    await workbench
      .notification('Nothing is written yet')
      .getByRole('button', { name: 'Apply' })
      .click();
    await workbench.tab('Merging: cache-aside.ts').waitFor();
    await workbench.page.getByText('as the newest template generates it').waitFor();
    await workbench.screenshot('lifecycle-merge');
    match(await read(unit), /<<<<<<<[^]*MINE[^]*>>>>>>>/);
  });

  it('has both sides again where the window was closed on a merge that was saved undecided', async () => {
    const { page } = workbench;
    await page.locator('.merge-editor .result .view-lines').click();
    await page.keyboard.press('ControlOrMeta+S');
    await workbench.until(async () => !(await read(unit)).includes('MINE'));
    await page.locator('.tab:not(.dirty)[aria-label^="Merging: cache-aside.ts"]').waitFor();
    await page
      .locator('.activitybar .badge-content', { hasText: '1' })
      .waitFor({ state: 'detached' });
    await page.reload();
    await workbench.until(async () => /<<<<<<<[^]*MINE[^]*>>>>>>>/.test(await read(unit)));
    await workbench.notification('one conflict was left open').waitFor();
    await workbench.tab('Merging: cache-aside.ts').waitFor({ state: 'detached' });
    await workbench.screenshot('lifecycle-reopened');
    await workbench
      .notification('one conflict was left open')
      .getByRole('button', { name: 'Open File' })
      .click();
    await workbench.tab('cache-aside.ts').waitFor();
    await page.getByText('MINE').first().waitFor();
  });
});
