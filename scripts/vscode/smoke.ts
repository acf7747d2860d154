import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { Workbench } from '../../test/e2e/workbench-driver.ts';

/** One scaffold by the palette, as a user does it, in a copy of the sample. 0 when its files stand in the workspace. */
export async function smoke(): Promise<0 | 1> {
  const workbench = await Workbench.open();
  try {
    await scaffoldCacheAside(workbench);
    await workbench.screenshot('smoke-applied');
    const created = join(workbench.shop, 'src/patterns/user-cache.ts');
    if (!existsSync(created)) throw new Error(`${created} was not written`);
    console.log('Scaffolded cache-aside by the palette; see .artifacts/e2e/smoke-applied.png');
    return 0;
  } catch (error) {
    await workbench.screenshot('smoke-failure');
    console.error('The smoke run failed; see .artifacts/e2e/smoke-failure.png');
    console.error(error);
    return 1;
  } finally {
    await workbench.close();
  }
}

async function scaffoldCacheAside(workbench: Workbench): Promise<void> {
  await workbench.openFile('src/users/user-repository.ts');
  await workbench.command('Patternsmith: Scaffold Pattern…');
  await workbench.row('Cache-Aside').waitFor();
  await workbench.screenshot('smoke-patterns');
  await workbench.row('Cache-Aside').click();
  await workbench.row('UserRepository.findById').click();
  await workbench.page.getByText('Name of the instance').waitFor();
  await workbench.page.keyboard.press('Enter');
  await workbench.row('Memory').click();
  const question = workbench.notification('Nothing is written yet');
  await question.waitFor();
  await workbench.screenshot('smoke-preview');
  await question.getByRole('button', { name: 'Apply' }).click();
  await workbench.notification('Scaffolded cache-aside/user').waitFor();
}
