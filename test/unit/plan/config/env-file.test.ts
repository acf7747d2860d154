import { deepEqual, equal } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { addVariable } from '../../../../src/plan/config/env-file.ts';
import { recordedText, takenOut } from '../../../../src/plan/config/insertion.ts';
import { edit, type Edited } from './support.ts';

const REDIS = { name: 'REDIS_URL', value: 'redis://127.0.0.1:6379' };

const added = (text: string, variable = REDIS): string =>
  (edit(text, addVariable(text, variable)) as Edited).after;

describe('a variable in .env.example', () => {
  it('goes to the end, as the file ends', () => {
    equal(added('PORT=1\n'), 'PORT=1\nREDIS_URL=redis://127.0.0.1:6379\n');
    equal(added('PORT=1'), 'PORT=1\nREDIS_URL=redis://127.0.0.1:6379');
    equal(added('PORT=1\r\n'), 'PORT=1\r\nREDIS_URL=redis://127.0.0.1:6379\r\n');
    equal(added(''), 'REDIS_URL=redis://127.0.0.1:6379\n');
    equal(added('PORT=1\n\n'), 'PORT=1\n\nREDIS_URL=redis://127.0.0.1:6379\n');
  });

  it('is there already, also commented out or exported, but not as the end of another name', () => {
    for (const text of [
      'REDIS_URL=',
      '# REDIS_URL=x',
      '  export REDIS_URL = "x"',
      'A=1\r\nREDIS_URL=2',
    ]) {
      equal(addVariable(text, REDIS).status, 'already', text);
    }
    for (const text of ['MY_REDIS_URL=1', 'A=REDIS_URL=', '# see REDIS_URL']) {
      equal(addVariable(text, REDIS).status, 'wired', text);
    }
  });

  it('is quoted where its value is not plain', () => {
    equal(added('', { name: 'A', value: 'two words #1' }), 'A="two words #1"\n');
    equal(added('', { name: 'A', value: 'a\nB=1' }), 'A="a\\nB=1"\n');
  });

  it('of a name that is none is left to the user', () => {
    equal(addVariable('', { name: 'A=1\nB', value: '' }).status, 'manual');
  });

  it('is taken out only as a line of its own', () => {
    equal(takenOut('MY_REDIS_URL=1\n', 'REDIS_URL=1\n'), undefined);
    equal(takenOut('REDIS_URL=12\n', '\nREDIS_URL=1'), undefined);
    deepEqual(takenOut('A=1\r\nB=2\r\nC=3\r\n', 'B=2\n'), { start: 5, end: 10, text: '' });
  });

  it('of any file is added once, changes no other byte, and is taken out again to the byte', () => {
    const line = fc.oneof(
      fc.stringMatching(/^[A-Z_]{1,8}=[a-z0-9 "'#]{0,8}$/),
      fc.stringMatching(/^# [a-z ]{0,12}$/),
      fc.constantFrom('', ' ', 'MY_REDIS_URL=redis://127.0.0.1:6379'),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 8 }),
        fc.constantFrom('\n', '\r\n'),
        fc.boolean(),
        fc.constantFrom('', '\uFEFF'),
        (lines, eol, ends, mark) => {
          const text = mark + lines.join(eol) + (ends ? eol : '');
          const outcome = addVariable(text, REDIS);
          const result = edit(text, outcome);
          if (outcome.status !== 'wired' || result === undefined) throw new Error(outcome.status);
          equal(addVariable(result.after, REDIS).status, 'already');
          const out = takenOut(result.after, recordedText(outcome.edit));
          equal(out && result.after.slice(0, out.start) + result.after.slice(out.end), text);
        },
      ),
    );
  });
});
