import { deepEqual, equal, match } from 'node:assert/strict';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { check, format } from 'prettier';
import { parse, parseDocument } from 'yaml';
import { addService, isWithout } from '../../../../src/plan/config/compose-file.ts';
import { recordedText, takenOut } from '../../../../src/plan/config/insertion.ts';
import { edit } from './support.ts';

const REDIS = {
  name: 'redis',
  image: 'redis:7-alpine',
  ports: ['127.0.0.1:6379:6379'],
  images: ['redis', 'valkey'],
  url: { name: 'REDIS_URL', value: 'redis://127.0.0.1:6379' },
};

const added = (text: string): string | undefined => edit(text, addService(text, REDIS))?.after;

describe('a service in the Compose file', () => {
  it('goes behind the last one, laid out as the others', () => {
    equal(
      added('services:\n  app:\n    image: app\n'),
      'services:\n  app:\n    image: app\n  redis:\n    image: redis:7-alpine\n    ports:\n      - "127.0.0.1:6379:6379"\n',
    );
    equal(
      added(
        "services:\n    app:\n        image: 'app'\n\n    db:\n        image: db\n\nvolumes:\n    data:\n",
      ),
      "services:\n    app:\n        image: 'app'\n\n    db:\n        image: db\n\n    redis:\n        image: redis:7-alpine\n        ports:\n            - '127.0.0.1:6379:6379'\n\nvolumes:\n    data:\n",
    );
  });

  it('keeps CRLF, a last line without end, comments and a file of nothing but the key', () => {
    equal(
      added('services:\r\n  app:\r\n    image: app\r\n# The end.\r\n'),
      'services:\r\n  app:\r\n    image: app\r\n  redis:\r\n    image: redis:7-alpine\r\n    ports:\r\n      - "127.0.0.1:6379:6379"\r\n# The end.\r\n',
    );
    equal(
      added('services:\n  app:\n    image: app # here'),
      'services:\n  app:\n    image: app # here\n  redis:\n    image: redis:7-alpine\n    ports:\n      - "127.0.0.1:6379:6379"',
    );
    deepEqual(parse(added('name: shop\nservices:\n')!), {
      name: 'shop',
      services: { redis: { image: REDIS.image, ports: REDIS.ports } },
    });
  });

  it('is there already under its name, or as any image that serves as well', () => {
    for (const service of [
      'redis:\n    build: ./redis',
      'cache:\n    image: redis',
      'cache:\n    image: docker.io/bitnami/redis:7.2@sha256:00',
      'cache:\n    image: "valkey/valkey:${VERSION}"',
      'cache:\n    image: redis:${VERSION:-7}',
    ]) {
      equal(addService(`services:\n  ${service}\n`, REDIS).status, 'already', service);
    }
    equal(addService('services:\n  cache:\n    image: my/redis-ui\n', REDIS).status, 'wired');
  });

  it('notes what must be told to a service that is built from the project', () => {
    const outcome = addService('services:\n  app:\n    build: .\n', REDIS);
    deepEqual('notes' in outcome && outcome.notes, [
      {
        line: 2,
        text: 'what runs in the service app finds redis by its name',
        snippet: 'REDIS_URL: redis://redis:6379',
      },
    ]);
  });

  it('is left to the user where the file is not understood, with what to add', () => {
    for (const [text, reason, line] of [
      ['services: {app: {image: app}}\n', /on one line/, 1],
      ['name: x\nservices: [a]\n', /no mapping/, 2],
      ['include:\n  - a.yaml\n', /no "services"/, 1],
      ['', /no "services"/, 1],
      ['services:\n  app: [\n', /not understood/, 3],
      ['services:\n  a:\n    image: x\n---\nservices:\n', /not certain/, 1],
    ] as const) {
      const outcome = addService(text, REDIS);
      if (outcome.status !== 'manual') throw new Error(`${text} is ${outcome.status}`);
      match(outcome.reason, reason);
      equal(outcome.line, line, text);
      deepEqual(parse(outcome.snippet), {
        services: { redis: { image: REDIS.image, ports: REDIS.ports } },
      });
    }
  });

  it('is not taken out with lines that others have added to it', () => {
    const text = 'services:\n  app:\n    image: app\n';
    const outcome = addService(text, REDIS);
    const after = `${edit(text, outcome)!.after}    volumes:\n      - data:/data\n`;
    const out = takenOut(
      after,
      recordedText((outcome as { edit: { text: string } }).edit as never),
    )!;
    equal(isWithout(after, after.slice(0, out.start) + after.slice(out.end), 'redis'), false);
  });

  it('of any file is added once, leaves all else as it was, stays as Prettier wrote it, and is taken out to the byte', async () => {
    const word = fc.stringMatching(/^[a-z]{1,6}$/);
    const service = fc.record(
      {
        image: word,
        build: fc.oneof(word, fc.record({ context: word, args: fc.array(word, { maxLength: 2 }) })),
        environment: fc.oneof(
          fc.dictionary(word, word, { maxKeys: 3 }),
          fc.array(word, { maxLength: 3 }),
        ),
        command: fc.constantFrom('a b', 'first\nsecond\n', 'first\n\nsecond # no comment\n\n'),
        depends_on: fc.array(word, { maxLength: 2 }),
      },
      { requiredKeys: [], noNullPrototype: true },
    );
    const document = fc.record(
      {
        name: word,
        services: fc.dictionary(
          word.filter((name) => name !== 'redis'),
          service,
          {
            minKeys: 1,
            maxKeys: 4,
            noNullPrototype: true,
          },
        ),
        volumes: fc.dictionary(word, fc.constant(null), { maxKeys: 2, noNullPrototype: true }),
      },
      { requiredKeys: ['services'], noNullPrototype: true },
    );
    const layout = fc.record({
      indent: fc.constantFrom(2, 4),
      isSpaced: fc.boolean(),
      isCommented: fc.boolean(),
      eol: fc.constantFrom('\n', '\r\n'),
      ends: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(
        document,
        layout,
        async (value, { indent, isSpaced, isCommented, eol, ends }) => {
          const tree = parseDocument(JSON.stringify(value));
          const plain = parseDocument(tree.toString({ collectionStyle: 'block', indent }));
          const services = plain.get('services') as {
            items: { key: { spaceBefore: boolean; commentBefore: string } }[];
          };
          services.items.slice(1).forEach(({ key }) => {
            if (isSpaced) key.spaceBefore = true;
            if (isCommented) key.commentBefore = ' A comment.';
          });
          const laidOut = plain.toString({ indent });
          const options = {
            parser: 'yaml',
            tabWidth: indent,
            endOfLine: eol === '\n' ? 'lf' : 'crlf',
          } as const;
          const formatted = await format(laidOut, options);
          const text = ends ? formatted : formatted.replace(/(\r?\n)+$/, '');
          const outcome = addService(text, REDIS);
          if (outcome.status === 'already') return;
          if (outcome.status !== 'wired') throw new Error(`${outcome.reason}:\n${text}`);
          const { after } = edit(text, outcome)!;
          deepEqual(parse(after), {
            ...(parse(text) as object),
            services: {
              ...(parse(text) as { services: object }).services,
              redis: { image: REDIS.image, ports: REDIS.ports },
            },
          });
          if (ends) equal(await check(after, options), true, after);
          equal(addService(after, REDIS).status, 'already');
          const out = takenOut(after, recordedText(outcome.edit))!;
          const without = after.slice(0, out.start) + after.slice(out.end);
          equal(without, text);
          equal(isWithout(after, without, 'redis'), true);
        },
      ),
      { numRuns: 150 },
    );
  });
});
