import { deepEqual, equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { check } from 'prettier';
import { planDependencies } from '../../../src/plan/dependencies.ts';
import { EditedText } from '../../../src/plan/edited-text.ts';
import { declare, declaredIn, scriptIn } from '../../../src/plan/package-json.ts';

const SPEC = [
  {
    redis: [
      { range: '^6.3.1', node: 22 },
      { range: '^5.8.0', node: 18 },
    ],
  },
];
const PROFILE = { nodeMajor: 22, testRunner: 'vitest', packageManager: 'npm' } as const;
const TYPES = { devDependencies: { '@types/node': '*' } };

const declared = (document: object) => declaredIn(JSON.stringify(document));

describe('dependencies', () => {
  it('take the newest range that runs on the Node of the project', () => {
    const add = (nodeMajor: number) =>
      planDependencies(SPEC, declared(TYPES), { ...PROFILE, nodeMajor });
    deepEqual(add(24).add, { redis: '^6.3.1' });
    deepEqual(add(20).add, { redis: '^5.8.0' });
    deepEqual(add(16).add, { redis: '^5.8.0' });
    match(add(16).warnings.join(), /needs Node 18; the project says that it runs on 16/);
  });

  it('leave what is declared already, in whichever section and range', () => {
    for (const section of [
      'dependencies',
      'devDependencies',
      'peerDependencies',
      'optionalDependencies',
    ]) {
      for (const range of ['^6.0.0', '^4.0.0', 'workspace:*', 'latest', '']) {
        const { add } = planDependencies(
          SPEC,
          declared({ ...TYPES, [section]: { redis: range, '@types/node': '*' } }),
          PROFILE,
        );
        deepEqual(add, {});
      }
    }
  });

  it('warn of another major and of what is there for development only', () => {
    const warned = (document: object) =>
      planDependencies(SPEC, declared({ ...TYPES, ...document }), PROFILE).warnings.join();
    match(warned({ dependencies: { redis: '^4.0.0' } }), /written for \^6\.3\.1 or \^5\.8\.0/);
    match(
      warned({ devDependencies: { '@types/node': '*', redis: '^6.0.0' } }),
      /needs it in production/,
    );
    equal(warned({ dependencies: { redis: '5.9.1' } }), '');
    equal(warned({ dependencies: { redis: 'workspace:*' } }), '');
  });

  it("add Node's types where neither the package nor its workspace has them", () => {
    const dev = (document: object, root?: object) =>
      planDependencies([], declared(document), PROFILE, root && declared(root)).dev;
    deepEqual(dev({}), { '@types/node': '^22.0.0' });
    deepEqual(dev(TYPES), {});
    deepEqual(dev({}, TYPES), {});
  });

  it("add jest's globals where pnpm hides them", () => {
    const dev = (packageManager: 'npm' | 'pnpm') =>
      planDependencies([], declared({ devDependencies: { '@types/node': '*', jest: '^30.0.0' } }), {
        nodeMajor: 22,
        testRunner: 'jest',
        packageManager,
      }).dev;
    deepEqual(dev('pnpm'), { '@jest/globals': '^30.0.0' });
    deepEqual(dev('npm'), {});
  });
});

describe('package.json', () => {
  const put = (text: string, add: Record<string, string>, dev: Record<string, string> = {}) => {
    const edited = new EditedText(text);
    declare(edited, { add, dev });
    return edited;
  };

  it('keeps a sorted section sorted, and the end of one that is not', () => {
    const sorted = '{\n  "dependencies": {\n    "a": "1",\n    "z": "1"\n  }\n}\n';
    equal(put(sorted, { m: '2' }).text, sorted.replace('    "z"', '    "m": "2",\n    "z"'));
    const unsorted = '{\n  "dependencies": {\n    "z": "1",\n    "a": "1"\n  }\n}\n';
    equal(
      put(unsorted, { m: '2' }).text,
      unsorted.replace('"a": "1"\n', '"a": "1",\n    "m": "2"\n'),
    );
  });

  it('puts a new section behind its neighbours', () => {
    const text = '{\n  "name": "p",\n  "dependencies": {},\n  "files": ["a"]\n}\n';
    const { text: after } = put(text, { m: '2' }, { n: '3' });
    deepEqual(Object.keys(JSON.parse(after) as object), [
      'name',
      'dependencies',
      'devDependencies',
      'files',
    ]);
    equal(put('{}', { m: '2' }).text, '{\n  "dependencies": {\n    "m": "2"\n  }\n}');
  });

  it('keeps tabs, CRLF, a byte order mark and every other byte', () => {
    const text =
      '\uFEFF{\r\n\t"name": "p",\r\n\t"files": [ "odd" ,"layout" ],\r\n\t"dependencies": {\r\n\t\t"a": "1"\r\n\t}\r\n}';
    const { text: after, edits } = put(text, { b: '2' });
    equal(after, text.replace('"a": "1"\r\n', '"a": "1",\r\n\t\t"b": "2"\r\n'));
    deepEqual(edits, [
      { start: text.indexOf('"1"') + 3, end: text.indexOf('"1"') + 3, text: ',\r\n\t\t"b": "2"' },
    ]);
  });

  it('stays as Prettier wrote it', async () => {
    const name = fc.stringMatching(/^[a-z]{1,8}$/);
    const section = fc.dictionary(name, fc.constant('^1.0.0'), {
      minKeys: 1,
      maxKeys: 4,
      noNullPrototype: true,
    });
    const document = fc.record(
      { name, scripts: section, dependencies: section, devDependencies: section },
      { requiredKeys: ['name'], noNullPrototype: true },
    );
    await fc.assert(
      fc.asyncProperty(
        document,
        fc.constantFrom<string | number>('\t', 2, 4),
        section,
        section,
        async (value, indent, add, dev) => {
          const text = `${JSON.stringify(value, undefined, indent)}\n`;
          const missing = (given: Record<string, string>, there: Record<string, string> = {}) =>
            Object.fromEntries(Object.entries(given).filter(([key]) => !Object.hasOwn(there, key)));
          const after = put(
            text,
            missing(add, value.dependencies),
            missing(dev, value.devDependencies),
          ).text;
          const options = indent === '\t' ? { useTabs: true } : { tabWidth: Number(indent) };
          equal(await check(after, { parser: 'json-stringify', ...options }), true, after);
          deepEqual(JSON.parse(after), {
            ...value,
            dependencies: { ...value.dependencies, ...add, ...value.dependencies },
            devDependencies: { ...value.devDependencies, ...dev, ...value.devDependencies },
          });
        },
      ),
      { numRuns: 40 },
    );
  });

  it('of any shape is read without a crash', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
        declaredIn(text);
        scriptIn(text, 'test');
      }),
    );
    equal(scriptIn('{"scripts":{"test":"vitest"}}', 'test'), 'vitest');
    equal(scriptIn('{"scripts":{"__proto__":"x"}}', 'test'), undefined);
  });
});
