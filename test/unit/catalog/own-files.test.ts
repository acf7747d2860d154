/** Template files that could do more than be read and filled with names: refused before any is rendered. */
import { mkdir, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { catalogWith } from '../../../src/plan/own-catalog.ts';
import { makeProject, remove, writeTexts } from '../plan/support/disk.ts';
import { TEMPLATES } from '../plan/support/engine.ts';
import { AUDIT, auditLog, refusedWith, scaffoldWith } from './support/own.ts';

const NAME = '.patternsmith/templates';

describe('files of own templates', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject({});
  });
  afterEach(() => remove(root));

  const at = (...path: string[]) => join(root, NAME, ...path);
  const load = () => catalogWith(TEMPLATES, [{ dir: at(), name: NAME }]);

  const refusedTemplates: readonly [string, string, RegExp][] = [
    ['Handlebars that does not close', '{{#if wired}}\n', /does not compile: Parse error on line/],
    ['Handlebars that does not parse', '{{camel', /does not compile: /],
    [
      'a helper',
      '\n{{lookup options "days"}}\n',
      /line 2: "lookup" is a helper: only names, #if, #unless and #each/,
    ],
    ['a block helper', '{{#with options}}{{days}}{{/with}}', /"#with" is a helper/],
    [
      'a helper in a condition',
      '{{#if (lookup options "days")}}{{/if}}',
      /line 1: only a name can stand here/,
    ],
    ['a partial', '{{> other}}', /a partial or a decorator/],
    [
      'a partial of its own, calling itself',
      '{{#*inline "a"}}{{> a}}{{/inline}}{{> a}}',
      /a partial or a decorator/,
    ],
    [
      'a prototype',
      '{{camel.constructor.constructor}}',
      /"camel\.constructor\.constructor" is no name/,
    ],
    ['a prototype by its name', '{{__proto__.x}}', /is no name that a template can use/],
    ['a prototype by a segment', '{{wire.[__proto__]}}', /is no name that a template can use/],
    ['the world around', '{{@root.camel}}', /is no name that a template can use/],
    [
      'a loop in a loop',
      '{{#each ports}}{{#each this}}{{/each}}{{/each}}',
      /an "#each" stands within another/,
    ],
    ['a name that there is not', '{{options.hours}}', /line 1: "options\.hours" is not defined/],
    [
      'a fact without a fallback',
      '{{#if wired}}{{wire.entity}}{{/if}}',
      /"wire\.entity" is not defined; give it a fallback/,
    ],
    [
      'blocks without end',
      '{{#if wired}}'.repeat(50) + '{{/if}}'.repeat(50),
      /more than 10 blocks in each other/,
    ],
    [
      'the context around a loop',
      '{{#each ports}}{{../camel}}{{/each}}',
      /is no name that a template can use/,
    ],
    ['more tags than anybody writes', '{{camel}}'.repeat(2001), /has more than 2000 tags/],
    [
      'blocks that exhaust the stack',
      '{{#if wired}}'.repeat(900) + '{{/if}}'.repeat(900),
      /has more than 10 blocks in each other/,
    ],
  ];
  for (const [what, text, message] of refusedTemplates) {
    it(`are refused with ${what} in a template`, async () => {
      await writeTexts(root, auditLog(AUDIT, { 'instance/audit.ts.hbs': text }));
      await refusedWith(load, message);
    });
  }

  it('are refused with a file that is too large, template or manifest', async () => {
    const large = `// ${'x'.repeat(256 * 1024)}\n`;
    await writeTexts(root, auditLog(AUDIT, { 'src/audit-log.ts.hbs': large }));
    await refusedWith(
      load,
      /files\[0\]\.template: "src\/audit-log\.ts\.hbs" is larger than 256 KB/,
    );
    await writeTexts(root, auditLog(`${JSON.stringify(AUDIT)}${' '.repeat(256 * 1024)}`));
    await refusedWith(load, /audit-log\/pattern\.json: is larger than 256 KB/);
    await writeTexts(root, auditLog(AUDIT, { 'page.md': large }));
    await refusedWith(load, /page\.md is larger than 256 KB/);
  });

  it('are refused with a loop that writes without measure', async () => {
    const entries = Array<string>(32).fill('x');
    const params = { facts: { keyType: entries, valueType: 'x' } };
    const wiring = [{ ...AUDIT.scaffold.wiring[0], params }];
    const text = `{{#each wire.keyType}}${'y'.repeat(64 * 1024)}{{/each}}`;
    await writeTexts(root, auditLog(scaffoldWith({ wiring }), { 'instance/audit.ts.hbs': text }));
    await refusedWith(load, /"instance\/audit\.ts\.hbs" becomes larger than 1024 KB/);
  });

  it('are refused with more units than anybody writes', async () => {
    for (let i = 0; i <= 200; i++) await mkdir(at(`patterns/p${i}`), { recursive: true });
    await refusedWith(load, /templates\/patterns: has more than 200 folders/);
  });

  it('are refused with links that lead out, in whichever place', async () => {
    const outside = await makeProject({
      'secret.txt': 'export const key = 1;\n',
      'pattern.json': AUDIT,
    });
    const link = async (path: string, to: string) => {
      await rm(at(path), { recursive: true, force: true });
      await mkdir(dirname(at(path)), { recursive: true });
      await symlink(to, at(path));
    };
    await writeTexts(root, auditLog());
    await link('patterns/audit-log/src/audit-log.ts.hbs', join(outside, 'secret.txt'));
    await refusedWith(load, /"src\/audit-log\.ts\.hbs" is a link that leads out of its folder/);

    await writeTexts(root, auditLog());
    await link('patterns/audit-log/src', outside);
    await writeFile(join(outside, 'audit-log.ts.hbs'), 'x');
    await refusedWith(load, /is a link that leads out of its folder/);

    await link('patterns/audit-log/src', at('nowhere'));
    await refusedWith(load, /there is no "src\/audit-log\.ts\.hbs"/);
    await rm(at('patterns/audit-log/src'));

    await writeTexts(root, auditLog());
    await link('patterns/audit-log/pattern.json', join(outside, 'pattern.json'));
    await refusedWith(load, /audit-log\/pattern\.json: is a link that leads out of its folder/);
    await link('patterns/audit-log/pattern.json', join(outside, 'nothing.json'));
    await refusedWith(load, /audit-log\/pattern\.json: is a link that leads nowhere/);

    await link('patterns/audit-log', outside);
    await refusedWith(load, /patterns\/audit-log: is a link: put the folder itself there/);

    await rm(at(), { recursive: true });
    await symlink(outside, at());
    await refusedWith(load, /templates: is behind a link that leads out of the project/);
    await remove(outside);
  });
});
