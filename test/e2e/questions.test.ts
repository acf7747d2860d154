import { equal, match, ok } from 'node:assert/strict';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from './workbench-driver.ts';

const repository = 'src/users/user-repository.ts';

describe('the questions before a scaffold', function () {
  this.timeout(180_000);
  let workbench: Workbench;
  const position = (text: string) =>
    workbench.page.locator('.quick-input-title', { hasText: text });

  before(async () => {
    workbench = await Workbench.open();
    await workbench.openFile(repository);
  });
  after(() => workbench.close());
  afterEach(async function () {
    if (this.currentTest?.state === 'failed')
      await workbench.screenshot(`questions-failure-${this.currentTest.title.slice(0, 12)}`);
    await workbench.page.keyboard.press('Escape');
  });

  it('are at most three after the pattern, and each has a way back', async () => {
    const { page } = workbench;
    await workbench.command('Patternsmith: Scaffold Pattern…');
    await position('(1/4)').waitFor();
    equal(await page.getByLabel('Back', { exact: true }).count(), 0);
    await workbench.row('Cache-Aside').click();
    await position('(2/4)').waitFor();
    await workbench.row('UserRepository.findById').click();
    await position('(3/4)').waitFor();
    equal(await workbench.input().inputValue(), 'user', 'the name is suggested');
    await workbench.screenshot('questions-name');
    await page.locator('.quick-input-titlebar').getByLabel('Back').click();
    await position('(2/4)').waitFor();
    await workbench.row('UserRepository.findById').waitFor();
  });

  it('say what is wrong with a name', async () => {
    const { page } = workbench;
    await workbench.command('Patternsmith: Scaffold Pattern…');
    await workbench.row('Cache-Aside').last().click();
    await workbench.row('Nothing yet').click();
    await position('(3/4)').waitFor();
    await workbench.input().fill('2 words');
    await page.getByText('beginning with a letter').waitFor();
    await page.keyboard.press('Enter');
    await position('(3/4)').waitFor();
  });

  it('are taken up where they were left off', async () => {
    const { page } = workbench;
    await workbench.command('Patternsmith: Scaffold Pattern…');
    await workbench.row('Cache-Aside').last().click();
    await workbench.row('UserRepository.findById').click();
    await position('(3/4)').waitFor();
    await workbench.input().fill('customer');
    await page.keyboard.press('Enter');
    await workbench.row('Redis').waitFor();
    await page.keyboard.press('Escape');
    await workbench.command('Patternsmith: Scaffold Pattern…');
    await workbench.row('Take up where you left off').waitFor();
    await workbench.screenshot('questions-resume');
    await workbench.row('Take up where you left off').click();
    await workbench.row('Redis').waitFor();
    await workbench.row('Memory').click();
    await workbench.tab('Scaffold cache-aside/customer').waitFor();
    await page.getByLabel('Cancel Preview').first().click();
    await workbench.tab('Scaffold cache-aside/customer').waitFor({ state: 'detached' });
    await workbench.notification('Nothing is written yet').waitFor({ state: 'hidden' });
  });

  it('begin from the context menu of a file, with that file', async () => {
    const { page } = workbench;
    const file = page.locator('.explorer-folders-view').getByText('user-repository.ts');
    await file.click({ button: 'right' });
    await page.locator('.context-view').getByText('Patternsmith').hover();
    // A menu takes no click right after it has opened.
    await page.locator('.context-view').getByText('Scaffold Pattern Here…').hover();
    await page.keyboard.press('Enter');
    await workbench.row('Cache-Aside').last().click();
    await workbench.row('UserRepository.findById').waitFor();
  });

  it('are spared by the refactoring on a symbol', async () => {
    const { page } = workbench;
    await workbench.openFile(repository);
    await page
      .locator('.monaco-editor .view-line', { hasText: 'findById' })
      .getByText('findById')
      .click();
    await workbench.command('Refactor...');
    const action = page.getByText('Put a cache in front of UserRepository.findById');
    await action.first().waitFor();
    await workbench.screenshot('questions-refactor');
    await action.first().click();
    await workbench.input().waitFor();
    equal(await workbench.input().inputValue(), 'user');
    match((await position('Scaffold Pattern').textContent()) ?? '', /\(1\/2\)/);
  });

  it('have written nothing', () => {
    ok(!existsSync(join(workbench.shop, 'src/patterns')));
  });
});
