import { match } from 'node:assert/strict';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { hashOf } from '../../src/plan/receipt.ts';
import { Workbench } from './workbench-driver.ts';

const unit = 'src/patterns/cache-aside/cache-aside.ts';
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
    const item = page.getByRole('treeitem', { name: /cache-aside\/user/ });
    await item.waitFor();
    await item.click();
    await page
      .getByRole('treeitem')
      .filter({ hasText: /^user-cache\.ts/ })
      .click();
    await workbench.tab('user-cache.ts').waitFor();
    await page.getByText('cache-aside · memory · clean').waitFor();
    await workbench.screenshot('lifecycle-tree');
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
});
