import { deepEqual, equal, match } from 'node:assert/strict';
import { readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeProject, PROJECT, remove, writeTexts } from './support/disk.ts';
import { addTo, changesOf, planIn } from './support/engine.ts';

const APP = `import express from 'express';

export function createApp() {
  const app = express();
  app.use(express.json());
  return app;
}
`;
const SERVER = `import { createApp } from './app.js';

const app = createApp();
const server = app.listen(3000);

process.once('SIGTERM', () => server.close());
`;
const MAILER = `import { setTimeout as sleep } from 'node:timers/promises';

export interface Mail {
  readonly to: string;
}

export class Mailer {
  async send(mail: Mail): Promise<void> {
    await sleep(200);
    console.log(mail.to);
  }
}
`;
const TARGET = 'src/mailer.ts:Mailer.send';

describe('the composition root', () => {
  let root = '';
  const texts = { ...PROJECT, 'src/app.ts': APP, 'src/server.ts': SERVER, 'src/mailer.ts': MAILER };
  beforeEach(async () => (root = await makeProject(texts)));
  afterEach(() => remove(root));

  const statuses = ({ wiring }: { wiring: readonly { file: string; status: string }[] }) =>
    wiring.map(({ file, status }) => [file, status]);

  it('is wired together with the target, in the one file that starts the application', async () => {
    const plan = await addTo(root, { pattern: 'worker', target: TARGET });
    deepEqual(statuses(plan), [
      ['src/mailer.ts', 'wired'],
      ['src/server.ts', 'wired'],
    ]);
    const server = await readFile(join(root, 'src/server.ts'), 'utf8');
    match(server, /await sendConsumer\.start\(\)/);
    match(server, /sendConsumer\.close\(\{ drainMs: 5_000 \}\)/);
    const patch = await readFile(join(root, '.patternsmith/wiring/worker/send.patch'), 'utf8');
    match(patch, /\+\+\+ b\/src\/mailer\.ts/);
    match(patch, /\+\+\+ b\/src\/server\.ts/);
    const again = await planIn(root, { pattern: 'worker', target: TARGET });
    deepEqual(changesOf(again), []);
    deepEqual(statuses(again), [
      ['src/mailer.ts', 'already'],
      ['src/server.ts', 'already'],
    ]);
  });

  it('is left alone without a target: nobody named what the component would do', async () => {
    const plan = await planIn(root, { pattern: 'worker' });
    deepEqual(plan.wiring, []);
    deepEqual(
      changesOf(plan).filter((path) => /^src\/\w+\.ts$/.test(path)),
      [],
    );
  });

  it('of several is not guessed: the code to paste is shown', async () => {
    await writeTexts(root, {
      'src/worker.ts': SERVER,
      'package.json': manifest({ dev: 'node src/worker.ts' }),
    });
    const plan = await addTo(root, { pattern: 'worker', target: TARGET });
    const [target, component] = plan.wiring;
    equal(target?.status, 'wired');
    equal(component?.status, 'manual');
    match(component?.reason ?? '', /not certain which file starts the application/);
    match(component?.snippet ?? '', /await sendConsumer\.start\(\)/);
    equal(await readFile(join(root, 'src/server.ts'), 'utf8'), SERVER);
    deepEqual(changesOf(await planIn(root, { pattern: 'worker', target: TARGET })), []);
  });

  it('that does not show is named as the one that it may be', async () => {
    await writeFile(join(root, 'src/server.ts'), 'export {};\n');
    await rm(join(root, 'src/app.ts'));
    const [, component] = (await planIn(root, { pattern: 'worker', target: TARGET })).wiring;
    deepEqual(
      [component?.status, component?.file, component?.line],
      ['manual', 'src/server.ts', 1],
    );
    match(component?.reason ?? '', /no file was found .*: src\/server\.ts may be the one$/);
    match(component?.snippet ?? '', /sendConsumer/);
  });

  it('that is not there is told as such, with the code as it would read there', async () => {
    for (const name of ['app.ts', 'server.ts']) await rm(join(root, 'src', name));
    const [, component] = (await planIn(root, { pattern: 'worker', target: TARGET })).wiring;
    equal(component?.status, 'manual');
    equal(component?.line, undefined);
    match(
      component?.reason ?? '',
      /^no file was found that starts the application: .* in src\/main\.ts, which is not there$/,
    );
    match(component?.snippet ?? '', /import \{ sendConsumer \} from '\.\/patterns\//);
  });

  it('in the target itself is wired in one file, both edits against the text that was there', async () => {
    await writeFile(join(root, 'src/server.ts'), `${SERVER}\n${MAILER}`);
    const plan = await planIn(root, { pattern: 'worker', target: 'src/server.ts:Mailer.send' });
    deepEqual(statuses(plan), [
      ['src/server.ts', 'wired'],
      ['src/server.ts', 'wired'],
    ]);
    const [edited, ...more] = plan.files.filter(({ path }) => path === 'src/server.ts');
    equal(more.length, 0);
    match(
      edited?.action === 'edit' ? edited.after : '',
      /sendConsumer\.start\(\)[\s\S]*sendQueue\.send\(/,
    );
    await addTo(root, { pattern: 'worker', target: 'src/server.ts:Mailer.send' });
    deepEqual(
      changesOf(await planIn(root, { pattern: 'worker', target: 'src/server.ts:Mailer.send' })),
      [],
    );
  });

  it('alone is wired without a target where it is certain', async () => {
    const plan = await addTo(root, { pattern: 'front' });
    deepEqual(statuses(plan), [['src/app.ts', 'wired']]);
    match(
      await readFile(join(root, 'src/app.ts'), 'utf8'),
      /app\.use\(appFacade\);\n {2}app\.use\(express\.json\(\)\)/,
    );
    const again = await planIn(root, { pattern: 'front' });
    deepEqual(changesOf(again), []);
    deepEqual(statuses(again), [['src/app.ts', 'already']]);
  });

  it('alone is left where it is not certain, and taken where it is named', async () => {
    await writeTexts(root, {
      'src/other.ts': APP,
      'src/server.ts': `import './other.js';\n${SERVER}`,
    });
    deepEqual((await planIn(root, { pattern: 'front' })).wiring, []);
    const plan = await planIn(root, { pattern: 'front', target: 'src/other.ts' });
    deepEqual(statuses(plan), [['src/other.ts', 'wired']]);
  });
});

function manifest(scripts: Record<string, string>): object {
  const base = JSON.parse(PROJECT['package.json'] as string) as { scripts: object };
  return { ...base, scripts: { ...base.scripts, start: 'node src/server.ts', ...scripts } };
}
