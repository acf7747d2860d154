import { deepEqual, equal, notEqual } from 'node:assert/strict';
import { describe, it } from 'mocha';
import { stayFormatted } from '../../../src/plan/stay-formatted.ts';
import { DEFAULT_STYLE } from '../../../src/project/style.ts';
import type { ProjectProfile } from '../../../src/project/types.ts';
import { applyEdits } from '../../../src/wire/recorder.ts';

const before = "createServer((req, res) => {\n  res.end('ok');\n});\n";
const wrapped = "createServer(facade((req, res) => {\n  res.end('ok');\n}));\n";
const formatted = "createServer(\n  facade((req, res) => {\n    res.end('ok');\n  }),\n);\n";
const prettier = { formatter: 'prettier', style: DEFAULT_STYLE } as const;

/** As if the listener of `createServer` had been wrapped. */
async function laidOut(
  text: string,
  project: Pick<ProjectProfile, 'formatter' | 'style'> = prettier,
): Promise<string> {
  const start = text.indexOf('(req');
  const end = text.indexOf('})') + 1;
  const edits = [
    { start, end: start, text: 'facade(' },
    { start: end, end, text: ')' },
  ];
  const after = applyEdits(text, edits);
  const layout = await stayFormatted('src/server.ts', { before: text, after, edits }, project);
  return applyEdits(after, layout);
}

describe('a file that is wired', () => {
  it('is laid out anew where it was formatted', async () => {
    equal(await laidOut(before), formatted);
  });

  it('keeps its line ends and its byte order mark', async () => {
    const windows = (text: string) => `\uFEFF${text.replaceAll('\n', '\r\n')}`;
    equal(await laidOut(windows(before)), windows(formatted));
  });

  it('is measured with the width that a tab has in its project', async () => {
    const long = `createServer((req, res) => {\n\tres.end('${'x'.repeat(60)}', 1, 2);\n});\n`;
    const style = { ...DEFAULT_STYLE, indent: '\t' as const };
    const narrow = await laidOut(long, { ...prettier, style: { ...style, tabWidth: 2 } });
    const wide = await laidOut(long, { ...prettier, style: { ...style, tabWidth: 8 } });
    notEqual(narrow, wide);
  });

  it('is left as it is where it was not formatted', async () => {
    equal(await laidOut(before.replace('  res', ' res')), wrapped.replace('  res', ' res'));
  });

  it('is left as it is where the project has no formatter', async () => {
    equal(await laidOut(before, { ...prettier, formatter: undefined }), wrapped);
  });

  it('is left as it is where only lines were put in', async () => {
    const edits = [{ start: 0, end: 0, text: 'start( );\n' }];
    const after = `start( );\n${before}`;
    deepEqual(await stayFormatted('a.ts', { before, after, edits }, prettier), []);
  });

  it('is left as it is where the formatter cannot read it', async () => {
    const edits = [{ start: 3, end: 5, text: '(' }];
    const after = applyEdits(before, edits);
    deepEqual(await stayFormatted('a.ts', { before, after, edits }, prettier), []);
  });
});
