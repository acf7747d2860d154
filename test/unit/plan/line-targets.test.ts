import { deepEqual, equal, match, ok, rejects } from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { makeProject, remove, treeOf, writeTexts } from './support/disk.ts';
import { addTo, changesOf, planIn } from './support/engine.ts';

/** Two jobs, one line each, so that what the wiring of the first inserts above moves the second on nobody's line. */
const JOBS = `import { purge, report } from './work.js';

setInterval(async () => { await purge(); }, 60_000);
setInterval(async () => { await report(); }, 60_000);
`;

const WORK = `export declare function purge(): Promise<void>;
export declare function report(): Promise<void>;
`;

describe('a target that is named by its line', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject();
    await writeTexts(root, { 'src/jobs.ts': JOBS, 'src/work.ts': WORK });
  });
  afterEach(() => remove(root));

  const jobs = (): Promise<string> => readFile(join(root, 'src/jobs.ts'), 'utf8');
  const request = (line: number, name?: string) => ({
    pattern: 'worker',
    target: `src/jobs.ts:L${line}`,
    ...(name === undefined ? {} : { name }),
  });
  const lineOf = async (text: string): Promise<number> =>
    (await jobs()).split('\n').findIndex((line) => line.includes(text)) + 1;
  const refused = async (asked: ReturnType<typeof request>, code: string) => {
    const before = await treeOf(root);
    await rejects(planIn(root, asked), { name: 'PlanError', code });
    deepEqual(await treeOf(root), before);
  };

  it('is the code that begins there', async () => {
    await addTo(root, request(4, 'report'));
    match(await jobs(), /await purge\(\)/);
    match(await jobs(), /reportQueue\.send/);
    ok(!(await jobs()).includes('await report()'));
  });

  it('is refused where nothing begins, with the places that there are', async () => {
    await rejects(
      planIn(root, request(2)),
      ({ code, choices }: { code: string; choices: unknown }) => {
        equal(code, 'BAD_TARGET');
        deepEqual(choices, ['src/jobs.ts:L3', 'src/jobs.ts:L4']);
        return true;
      },
    );
    await refused(request(5), 'BAD_TARGET');
    await refused(request(400), 'BAD_TARGET');
  });

  it('changes nothing when it is named again, though the wiring has moved it', async () => {
    await addTo(root, request(4, 'report'));
    const again = await planIn(root, request(4, 'report'));
    deepEqual(changesOf(again), []);
  });

  it('is asked about where other code has come to stand on the line of an instance', async () => {
    await addTo(root, request(4, 'report'));
    const stale = await lineOf('await purge()');
    equal(stale, 4, 'the first job stands where the second one did');
    await refused(request(4), 'AMBIGUOUS_TARGET');
    await addTo(root, request(4, 'purge'));
    match(await jobs(), /purgeQueue\.send[^]*reportQueue\.send/);
  });

  it('is never taken for the other job by a line that is no longer true', async () => {
    await addTo(root, request(3, 'purge'));
    const now = await lineOf('await report()');
    const first = await lineOf('setInterval');
    for (let line = 1; line <= now + 2; line++) {
      if (line !== now && line !== first) await refused(request(line, 'report'), 'BAD_TARGET');
    }
    const { files, wiring } = await planIn(root, request(first, 'report'));
    equal(wiring[0]?.status, 'manual');
    match(wiring[0]?.reason ?? '', /sends to another queue already/);
    ok(!files.some(({ path, action }) => path === 'src/jobs.ts' && action === 'edit'));
    await addTo(root, request(now, 'report'));
    match(await jobs(), /purgeQueue\.send[^]*reportQueue\.send/);
  });
});
