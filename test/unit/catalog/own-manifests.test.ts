/** Manifests of own templates that lead somewhere else, or nowhere: refused, with the place in words. */
import { match } from 'node:assert/strict';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, it } from 'mocha';
import { catalogWith } from '../../../src/plan/own-catalog.ts';
import { makeProject, remove, type Texts, writeTexts } from '../plan/support/disk.ts';
import { TEMPLATES } from '../plan/support/engine.ts';
import { AUDIT, auditLog, ownFiles, refusedWith, scaffoldWith } from './support/own.ts';

const NAME = '.patternsmith/templates';

describe('manifests of own templates', () => {
  let root = '';
  beforeEach(async () => {
    root = await makeProject({});
  });
  afterEach(() => remove(root));

  const at = (...path: string[]) => join(root, NAME, ...path);
  const load = () => catalogWith(TEMPLATES, [{ dir: at(), name: NAME }]);

  const refusedManifests: readonly [string, unknown, RegExp][] = [
    ['text that is no JSON', '{ "id": ', /audit-log\/pattern\.json: not valid JSON/],
    ['a list', [], /audit-log\/pattern\.json: must be object/],
    ['null', 'null', /must be object/],
    ['an unknown field', { ...AUDIT, titel: '' }, /unknown field "titel"/],
    ['a missing field', { ...AUDIT, keywords: undefined }, /"keywords" is missing/],
    [
      'a family of its own',
      { ...AUDIT, family: 'ours' },
      /family: must be one of messaging, data, design/,
    ],
    ['the id of another folder', { ...AUDIT, id: 'audit' }, /id: must be "audit-log"/],
    [
      'an unknown pattern in relations',
      { ...AUDIT, relations: { ...AUDIT.relations, composesWith: ['nobody'] } },
      /relations\.composesWith\[0\]: there is no "nobody"/,
    ],
    [
      'a version that is too long',
      { ...AUDIT, version: '99999999999999999999.0.0' },
      /version: is no semantic version/,
    ],
    [
      'an unknown kernel module',
      scaffoldWith({ requires: ['nothing'] }),
      /scaffold\.requires\[0\]: there is no "nothing"/,
    ],
    [
      'an unknown port',
      scaffoldWith({ ports: ['nothing'] }),
      /scaffold\.ports\[0\]: there is no "nothing"/,
    ],
    [
      'an unknown recipe',
      scaffoldWith({ wiring: [{ ...AUDIT.scaffold.wiring[0], recipe: 'wrap-all' }] }),
      /wiring\[0\]\.recipe: there is no "wrap-all", only .*wrap-loader/,
    ],
    [
      'a title that names what there is not',
      scaffoldWith({ wiring: [{ ...AUDIT.scaffold.wiring[0], title: '{{pascal}}' }] }),
      /wiring\[0\]\.title: line 1: "pascal" is not defined/,
    ],
    [
      'a variable and a script that name what there is not',
      scaffoldWith({
        env: [{ name: '{{snake}}_URL', default: '' }],
        scripts: [{ name: 'work', command: 'node {{options.hours}}' }],
      }),
      /scaffold\.env\[0\]\.name: line 1: "snake" is not defined/,
    ],
    [
      'a script with a helper, though only certain targets want it',
      scaffoldWith({
        scripts: [{ name: 'work', command: '{{lookup . "x"}}', when: ['wire.any'] }],
      }),
      /scaffold\.scripts\[0\]\.command: /,
    ],
    [
      'params that are no text',
      scaffoldWith({
        wiring: [{ ...AUDIT.scaffold.wiring[0], params: { factory: { toString: 1 } } }],
      }),
      /params\.factory: must be text, a number/,
    ],
    [
      'params that call a helper',
      scaffoldWith({
        wiring: [{ ...AUDIT.scaffold.wiring[0], params: { factory: '{{lookup . "x"}}' } }],
      }),
      /params\.factory: line 1: "lookup" is a helper/,
    ],
    [
      'a list without end',
      scaffoldWith({
        wiring: [
          { ...AUDIT.scaffold.wiring[0], params: { facts: { keyType: Array(33).fill('x') } } },
        ],
      }),
      /facts\.keyType: has more than 32 entries/,
    ],
    [
      'a default that is a reserved word',
      scaffoldWith({ defaultName: 'default' }),
      /scaffold: "default" cannot name an instance/,
    ],
    [
      'a default out of its bounds',
      scaffoldWith({ options: [{ ...AUDIT.scaffold.options[0], maximum: 3 }] }),
      /options\[0\]\.default: is above the maximum/,
    ],
    [
      'a template that is not there',
      scaffoldWith({
        files: [{ template: 'src/x.ts.hbs', path: 'audit-log/x.ts', role: 'source' }],
      }),
      /files\[0\]\.template: there is no "src\/x\.ts\.hbs"/,
    ],
    [
      'a template outside',
      scaffoldWith({
        files: [{ template: '../../../package.json', path: 'audit-log/x.ts', role: 'source' }],
      }),
      /files\[0\]\.template: must match pattern/,
    ],
    [
      'an output path outside',
      scaffoldWith({
        files: [{ template: 'src/audit-log.ts.hbs', path: '../x.ts', role: 'source' }],
      }),
      /files\[0\]\.path: must match pattern/,
    ],
    [
      'an output path in a Windows device',
      scaffoldWith({
        files: [{ template: 'src/audit-log.ts.hbs', path: 'audit-log/nul.ts', role: 'source' }],
      }),
      /files\[0\]\.path: has a part that is no file name/,
    ],
    [
      'an output path in node_modules',
      scaffoldWith({
        files: [
          {
            template: 'instance/audit.ts.hbs',
            path: 'node_modules/{{kebab}}.ts',
            role: 'instance',
          },
        ],
      }),
      /files\[0\]\.path: leads into "node_modules"/,
    ],
    [
      "another unit's place",
      scaffoldWith({
        files: [{ template: 'src/audit-log.ts.hbs', path: 'kernel/label.ts', role: 'source' }],
      }),
      /files\[0\]\.path: must begin with "audit-log\/"/,
    ],
    [
      'one place for two files',
      scaffoldWith({ files: [1, 2].map(() => AUDIT.scaffold.files[0]) }),
      /"audit-log\/audit-log\.ts" is generated by another unit already/,
    ],
    [
      'Handlebars in the path of generic code',
      scaffoldWith({
        files: [
          { template: 'src/audit-log.ts.hbs', path: 'audit-log/{{kebab}}.ts', role: 'source' },
        ],
      }),
      /files\[0\]\.path: is the same for all instances/,
    ],
    [
      'a path that names what there is not',
      scaffoldWith({
        files: [{ template: 'instance/audit.ts.hbs', path: '{{snake}}.ts', role: 'instance' }],
      }),
      /files\[0\]\.path: line 1: "snake" is not defined/,
    ],
    [
      'a path that a name leads out of its folder',
      scaffoldWith({
        options: [
          { id: 'dir', title: 'Dir', description: 'Where.', type: 'string', default: '../..' },
        ],
        files: [
          { template: 'src/audit-log.ts.hbs', path: '{{options.dir}}/x.ts', role: 'instance' },
        ],
      }),
      /files\[0\]\.path: leads upwards/,
    ],
    [
      'too many files',
      scaffoldWith({
        files: Array.from({ length: 101 }, (_, i) => ({
          ...AUDIT.scaffold.files[0],
          path: `audit-log/${i}.ts`,
        })),
      }),
      /scaffold\.files: has more than 100 files/,
    ],
  ];
  for (const [what, manifest, message] of refusedManifests) {
    it(`are refused with ${what}`, async () => {
      await writeTexts(root, auditLog(manifest));
      await refusedWith(load, message);
    });
  }

  it('are refused where a folder or a manifest has another name than those that are read', async () => {
    await writeTexts(root, ownFiles('pattern/audit-log', { 'pattern.json': AUDIT }));
    await refusedWith(
      load,
      /templates\/pattern: is none of the folders that are read: patterns, kernel, engines/,
    );
    await rm(at('pattern'), { recursive: true });
    await writeTexts(root, ownFiles('patterns/audit-log', { 'patern.json': AUDIT }));
    await refusedWith(load, /patterns\/audit-log\/pattern\.json: there is no such file/);
  });

  it('are refused with kernel modules that require each other in a circle', async () => {
    const module = (id: string, requires: string[]): Texts =>
      ownFiles(`kernel/${id}`, {
        'module.json': {
          id,
          version: '0.1.0',
          intent: 'A part.',
          requires,
          files: [{ template: 'x.ts.hbs', path: `kernel/${id}.ts`, role: 'source' }],
        },
        'x.ts.hbs': 'export {};\n',
      });
    await writeTexts(root, { ...module('one', ['two']), ...module('two', ['one']) });
    await refusedWith(
      load,
      /kernel\/one\/module\.json: requires: goes in a circle: one -> two -> one/,
    );
  });

  it('are refused with an adapter that asks of a pattern what it does not have', async () => {
    const box = {
      engine: 'memory',
      port: 'box',
      version: '0.1.0',
      requires: [],
      dependencies: {},
      symbol: 'box',
      create: 'box({{options.hours}})',
      facts: {},
      files: [{ template: 'x.ts.hbs', path: 'engines/memory/box.ts', role: 'source' }],
    };
    const files = { 'box.json': box, 'x.ts.hbs': 'export {};\n' };
    await writeTexts(root, ownFiles('engines/memory', files));
    await refusedWith(
      load,
      /memory\/box\.json: create: for sample: "options\.hours" is not defined/,
    );
  });

  it('are refused with a module that has instances, a range that is none, an expression that is none', async () => {
    await writeTexts(root, {
      ...ownFiles('kernel/one', {
        'module.json': {
          id: 'one',
          version: '0.1.0',
          intent: 'A part.',
          requires: [],
          files: [{ template: 'x.ts.hbs', path: 'kernel/one.ts', role: 'instance' }],
        },
        'x.ts.hbs': '{{camel}}\n',
      }),
      ...ownFiles('engines/memory', {
        'box.json': {
          engine: 'memory',
          port: 'box',
          version: '0.1.0',
          requires: [],
          dependencies: { left: [{ range: 'file:../..', node: 20 }] },
          symbol: 'box',
          create: '{{> x}}',
          facts: {},
          files: [{ template: 'x.ts.hbs', path: 'engines/memory/box.ts', role: 'source' }],
        },
        'x.ts.hbs': 'export {};\n',
      }),
    });
    const { choices } = await refusedWith(load, /And|and \d more/);
    const told = choices.join('\n');
    match(
      told,
      /kernel\/one\/module\.json: files\[0\]\.role: must be source or test, not instance/,
    );
    match(told, /engines\/memory\/box\.json: dependencies\.left: "file:\.\.\/\.\." is no range/);
    match(told, /engines\/memory\/box\.json: create: line 1: a partial or a decorator/);
  });
});
