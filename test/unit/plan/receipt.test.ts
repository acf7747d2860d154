import { deepEqual, doesNotThrow, equal, match, ok, throws } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { check } from 'prettier';
import { PlanError } from '../../../src/plan/errors.ts';
import { pathProblem } from '../../../src/plan/paths.ts';
import { parseReceipt } from '../../../src/plan/read-receipt.ts';
import {
  formatReceipt,
  hashOf,
  type Receipt,
  sameReceipt,
  usersOf,
} from '../../../src/plan/receipt.ts';

const id = fc.stringMatching(/^[a-z][a-z0-9]{0,6}(-[a-z0-9]{1,4}){0,2}$/);
const path = fc
  .array(fc.stringMatching(/^[\w@][\w.-]{0,8}$/), { minLength: 1, maxLength: 4 })
  .map((parts) => parts.join('/'))
  .filter((text) => pathProblem(text) === undefined);
const unit = fc.oneof(
  id.map((name) => `kernel/${name}`),
  fc.tuple(id, id).map(([engine, port]) => `engines/${engine}/${port}`),
  id.map((name) => `patterns/${name}`),
);
const version = fc.tuple(fc.nat(9), fc.nat(9), fc.nat(9)).map((parts) => parts.join('.'));
const scalar = fc.oneof(
  fc.string(),
  fc.integer(),
  fc.double({ min: -1e15, max: 1e15, noNaN: true }).filter((n) => !Object.is(n, -0)),
  fc.boolean(),
);
const instanceId = fc.tuple(id, id).map((parts) => parts.join('/'));
const instance = fc.record({
  version,
  engine: id,
  out: path,
  target: fc.option(
    fc.tuple(path, fc.constantFrom('', ':load', ':A.b', ':L12')).map((parts) => parts.join('')),
    { nil: undefined },
  ),
  options: fc.dictionary(fc.stringMatching(/^[a-z]\w{0,8}$/), scalar, { noNullPrototype: true }),
  uses: fc.uniqueArray(unit, { minLength: 1, maxLength: 4 }).map((units) => units.toSorted()),
});
const file = fc.record(
  {
    owner: fc.oneof(
      unit,
      instanceId.map((name) => `instances/${name}`),
    ),
    version,
    hash: fc.string().map(hashOf),
  },
  { noNullPrototype: true },
);
const mapOf = <T>(key: fc.Arbitrary<string>, value: fc.Arbitrary<T>) =>
  fc.array(fc.tuple(key, value), { maxLength: 6 }).map((entries) => new Map(entries));
const CONFIG_FILES = { env: '.env.example', service: 'compose.yaml', script: 'package.json' };
const receipt: fc.Arbitrary<Receipt> = fc.record({
  instances: mapOf(instanceId, instance),
  files: mapOf(path, file),
  dependencies: mapOf(
    fc.stringMatching(/^(@[a-z]{1,5}\/)?[a-z][a-z-]{0,8}$/),
    fc.constantFrom('^1.2.3', '>=4 <6', 'latest'),
  ),
  config: fc.oneof(
    mapOf(
      fc
        .tuple(
          fc.constantFrom('env', 'service', 'script'),
          fc.stringMatching(/^[A-Za-z][\w:-]{0,8}$/),
        )
        .map(([kind, name]) => `${kind} ${name} ${CONFIG_FILES[kind]}`),
      fc.string(),
    ),
    mapOf(fc.constant('section scripts package.json'), fc.constantFrom('{}', '{\n  }')),
  ),
});

const SMALL: Receipt = {
  instances: new Map([
    [
      'cache-aside/user',
      {
        version: '1.0.0',
        engine: 'memory',
        out: 'src/patterns',
        target: 'src/users.ts:find',
        options: { ttlSeconds: 30 },
        uses: ['kernel/clock', 'patterns/cache-aside'],
      },
    ],
  ]),
  files: new Map([
    ['src/patterns/kernel/clock.ts', { owner: 'kernel/clock', version: '1.0.0', hash: hashOf('') }],
  ]),
  dependencies: new Map([['redis', '^5.8.0']]),
  config: new Map([['env REDIS_URL .env.example', 'REDIS_URL=redis://127.0.0.1:6379\n']]),
};

describe('the receipt', () => {
  it('is read as it was written, whatever is in it', () => {
    fc.assert(
      fc.property(
        receipt,
        fc.constantFrom<'\t' | number>('\t', 2, 4),
        fc.constantFrom<'\n' | '\r\n'>('\n', '\r\n'),
        (records, indent, eol) => {
          const text = formatReceipt(records, indent, eol);
          ok(sameReceipt(parseReceipt(text), records));
          equal(formatReceipt(parseReceipt(text), indent, eol), text);
        },
      ),
    );
  });

  it('has one entry a line, and Prettier leaves it as it is', async () => {
    await fc.assert(
      fc.asyncProperty(receipt, async (records) => {
        const text = formatReceipt(records);
        ok(await check(text, { parser: 'json' }), text);
        const entries = records.files.size + records.dependencies.size;
        ok(text.split('\n').length >= entries);
      }),
      { numRuns: 50 },
    );
    ok(await check(formatReceipt(SMALL, '\t'), { parser: 'json', useTabs: true }));
  });

  it('of two branches merges by keeping the lines of both, whichever commas are missing', () => {
    fc.assert(
      fc.property(receipt, receipt, (ours, theirs) => {
        const lines = (records: Receipt) => formatReceipt(records).split('\n');
        // As "merge=union" does: all lines of one side, then those that only the other has, section by section.
        const sections = (records: Receipt) =>
          new Map(
            Object.entries(JSON.parse(formatReceipt(records)) as Record<string, object>).map(
              ([name, value]) => [name, Object.entries(value)],
            ),
          );
        const [a, b] = [sections(ours), sections(theirs)];
        const merged = ['instances', 'files', 'dependencies', 'config'].map((name) => {
          const rows = [...(a.get(name) ?? []), ...(b.get(name) ?? [])];
          return `"${name}": {\n${rows.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`).join('\n')}\n}`;
        });
        const both = parseReceipt(`{\n"patternsmith": 1\n${merged.join('\n')}\n}`);
        equal(both.files.size, new Set([...ours.files.keys(), ...theirs.files.keys()]).size);
        for (const [path, record] of theirs.files) deepEqual(both.files.get(path), record);
        ok(lines(both).length > 0);
      }),
    );
  });

  it('tells who uses a unit', () => {
    deepEqual(usersOf('kernel/clock', SMALL), ['cache-aside/user']);
    deepEqual(usersOf('kernel/other', SMALL), []);
  });

  it('hash is the same for other line ends', () => {
    equal(hashOf('a\r\nb'), hashOf('a\nb'));
  });

  it('may hold anything: it is read or refused, and never leads out of the project', () => {
    const sections = fc.record(
      {
        patternsmith: fc.constantFrom<unknown>(1, 1, 1, 2, '1', null),
        instances: fc.dictionary(
          fc.oneof(
            fc.string(),
            instanceId.map((name) => `${name} out`),
          ),
          fc.oneof(scalar, fc.jsonValue()),
        ),
        files: fc.dictionary(
          fc.oneof(
            fc.string(),
            fc.constantFrom('../x', '/etc/passwd', 'node_modules/x', '__proto__', 'a/../../b'),
          ),
          fc.oneof(fc.string(), fc.constant(`kernel/a@1.0.0 ${hashOf('')}`)),
        ),
        dependencies: fc.dictionary(fc.string(), fc.jsonValue()),
        config: fc.dictionary(
          fc.oneof(fc.string(), fc.constantFrom('env A .env', 'script a ../package.json')),
          fc.jsonValue(),
        ),
      },
      { requiredKeys: [] },
    );
    const anything = fc.oneof(
      fc.string(),
      fc.json(),
      sections.map((value) => JSON.stringify(value)),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(anything, (text) => {
        try {
          const { files, instances } = parseReceipt(text);
          for (const found of files.keys()) equal(pathProblem(found), undefined);
          for (const { out } of instances.values()) equal(pathProblem(out), undefined);
        } catch (error) {
          ok(error instanceof PlanError, String(error));
          equal(error.code, 'BAD_RECEIPT');
          match(error.message, /Nothing was written/);
          ok(error.hint.length > 0);
        }
      }),
      { numRuns: 300 },
    );
  });

  it('that was tampered with is refused, and says where', () => {
    const tampered = (
      change: (document: Record<string, Record<string, unknown>>) => void,
    ): string => {
      const document = JSON.parse(formatReceipt(SMALL)) as Record<string, Record<string, unknown>>;
      change(document);
      return JSON.stringify(document);
    };
    const hash = hashOf('');
    const cases: [string, RegExp][] = [
      [
        tampered((d) => (d['files'] = { '../../.ssh/config': `kernel/clock@1.0.0 ${hash}` })),
        /"\.\.\/\.\.\/\.ssh\/config" in "files" leads upwards/,
      ],
      [
        tampered((d) => (d['files'] = { '/etc/passwd': `kernel/clock@1.0.0 ${hash}` })),
        /is absolute/,
      ],
      [
        tampered((d) => (d['files'] = { 'a.ts': 'kernel/clock@1.0.0 sha256-0' })),
        /unit, version and hash/,
      ],
      [
        tampered((d) => (d['files'] = { 'a.ts': `kernel/../x@1.0.0 ${hash}` })),
        /unit, version and hash/,
      ],
      [
        tampered((d) => (d['instances']!['cache-aside/user out'] = '../elsewhere')),
        /cache-aside\/user out/,
      ],
      [
        tampered((d) => (d['instances']!['cache-aside/user target'] = '../x.ts:a')),
        /cache-aside\/user target/,
      ],
      [
        tampered((d) => delete d['instances']!['cache-aside/user engine']),
        /cache-aside\/user engine/,
      ],
      [
        tampered((d) => (d['instances']!['../x/y engine'] = 'memory')),
        /is not "pattern\/name field"/,
      ],
      [
        tampered((d) => (d['instances']!['cache-aside/user options.a'] = { deep: 1 })),
        /neither text, number nor/,
      ],
      [
        tampered((d) => (d['dependencies'] = { '--global': '1' })),
        /no package name|no version range/,
      ],
      [tampered((d) => (d['dependencies'] = { redis: '; rm -rf /' })), /no version range/],
      [
        tampered((d) => (d['config'] = { 'env A ../.env.example': 'A=1' })),
        /is not "kind name file"/,
      ],
      [tampered((d) => (d['config'] = { 'env A .env': 'A=1' })), /is not "kind name file"/],
      [
        tampered((d) => (d['config'] = { 'section scripts package.json': '{ "a": "b" }' })),
        /does not hold what was put in/,
      ],
      [
        tampered((d) => (d['config'] = { 'env A .env.example': 1 })),
        /does not hold what was put in/,
      ],
      [tampered((d) => (d['scripts'] = {})), /unknown section "scripts"/],
      ['[]', /not a JSON object/],
      ['{"patternsmith": 1', /not a JSON object/],
      ['{}', /does not say its version/],
    ];
    for (const [text, message] of cases)
      throws(() => parseReceipt(text), { code: 'BAD_RECEIPT', message });
  });

  it('of a newer version is refused with the way out', () => {
    throws(() => parseReceipt('{"patternsmith": 2}'), {
      code: 'BAD_RECEIPT',
      message: /newer Patternsmith/,
      hint: /Update Patternsmith/,
    });
  });

  it('with the marks of a merge is refused with the way out', () => {
    throws(() => parseReceipt('{\n<<<<<<< HEAD\n=======\n>>>>>>> x\n}'), {
      code: 'BAD_RECEIPT',
      hint: /Keep the lines of both sides/,
    });
  });

  it('is refused when it is too large to be one', () => {
    throws(() => parseReceipt(' '.repeat(3_000_000)), {
      code: 'BAD_RECEIPT',
      message: /larger than/,
    });
    doesNotThrow(() => parseReceipt(`${formatReceipt(SMALL)}${' '.repeat(1_000_000)}`));
  });
});
