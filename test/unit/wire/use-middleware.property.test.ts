import { deepEqual, equal, ok } from 'node:assert/strict';
import { once } from 'node:events';
import { createRequire } from 'node:module';
import type { RequestListener } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { format } from 'prettier';
import ts from 'typescript';
import { applyEdits, inverse } from '../../../src/wire/recorder.ts';
import { recipes } from '../../../src/wire/recipes.ts';
import { parse, syntaxProblems } from '../../../src/wire/source.ts';
import type { WiringOutcome } from '../../../src/wire/types.ts';
import { INSTANCES, contextOf, type WireCase } from '../../golden/wire-case.ts';
import { formats, laidOut, optionsOf, styleOf } from './formats.ts';

const recipe = recipes.get('use-middleware');
const instance = INSTANCES['use-middleware'];
const require = createRequire(import.meta.url);
const SEED = 20_261_126;

/** The set-up of an Express application, in the order in which it is usual. */
const EARLY = [
  "app.set('trust proxy', 1);",
  'app.use(requestLog);',
  '// Who asks?\napp.use(sessionMiddleware());',
  "app.use((request, response, next) => {\n  trace('inline');\n  next();\n});",
];
const PARSERS = [
  'app.use(express.json());',
  'app.use(express.urlencoded({ extended: false }));',
  'app.use(whatever);',
];
const ROUTES = [
  "app.get('/', (request, response) => {\n  trace('route');\n  response.end();\n});",
  "// The orders.\napp.use('/orders', orders);",
  "app.post('/orders', (request, response) => response.end());",
];
const FAILING = "app.get('/fails', (request, response, next) => {\n  next(new Error('no'));\n});";
const ERRORS = [
  "app.use((error, request, response, next) => {\n  trace('own error handler');\n  response.status(500).end();\n});",
  '// Errors.\napp.use(handleErrors);',
];
const ENDS = ['export default app;', "app.on('mount', () => undefined);\nexport default app;"];

interface Sample {
  readonly code: string;
  readonly position: 'first' | 'before-routes' | 'last';
  readonly hasJson: boolean;
}

const samples: fc.Arbitrary<Sample> = fc
  .record({
    early: fc.subarray(EARLY),
    parsers: fc.subarray(PARSERS),
    routes: fc.subarray(ROUTES),
    errors: fc.subarray(ERRORS),
    end: fc.constantFrom(...ENDS),
    position: fc.constantFrom<Sample['position']>('first', 'before-routes', 'last'),
    gap: fc.constantFrom('\n', '\n\n'),
  })
  .map(({ early, parsers, routes, errors, end, position, gap }) => ({
    code: `import express from 'express';
import { handleErrors, orders, requestLog, sessionMiddleware, trace, whatever } from './parts.js';

const app = express();
${[...early, ...parsers, ...routes, FAILING, ...errors].join(gap)}

${end}
`,
    position,
    hasJson: parsers.some((one) => one.includes('json')),
  }));

const caseOf = ({ position }: Sample, more: WireCase = {}): WireCase => ({
  params: { middleware: position === 'last' ? 'limiter.onError' : 'limiter.middleware', position },
  ...more,
});

function wire(text: string, wireCase: WireCase): WiringOutcome {
  ok(recipe && instance);
  const file = { path: 'src/app.ts', text };
  return recipe.wire({ file, symbol: undefined }, contextOf(wireCase, instance));
}

function wired(text: string, wireCase: WireCase) {
  const outcome = wire(text, wireCase);
  equal(outcome.status, 'wired', JSON.stringify(outcome));
  ok(outcome.status === 'wired');
  return { outcome, after: applyEdits(text, outcome.edits) };
}

describe('using a middleware, on generated sources', () => {
  it('parses, has an inverse, has nothing to do a second time, and leaves a formatted file formatted', async () => {
    await fc.assert(
      fc.asyncProperty(samples, formats, async (sample, style) => {
        const text = await format(sample.code, optionsOf(style));
        const wireCase = caseOf(sample, { style: styleOf(style) });
        const { outcome, after } = wired(text, wireCase);
        equal(syntaxProblems(parse({ path: 'src/app.ts', text: after })).length, 0, after);
        equal(applyEdits(after, inverse(text, outcome.edits)), text);
        equal(wire(after, wireCase).status, 'already', after);
        equal(/(?<!\r)\n/.test(after), style.endOfLine === 'lf', 'one kind of line end');
        const formatted = await laidOut(text, outcome.edits, style);
        equal(formatted, await format(formatted, optionsOf(style)));
      }),
      { numRuns: 60, seed: SEED },
    );
  });

  it('stands where it was told to, in Express 4 and 5', async () => {
    await fc.assert(
      fc.asyncProperty(samples, fc.constantFrom('express', 'express4'), async (sample, version) => {
        const { after } = wired(sample.code, caseOf(sample));
        const before = await answers(sample.code, version);
        const now = await answers(after, version);
        deepEqual(now.statuses, before.statuses, after);
        const isOurs = (entry: string) => entry.startsWith('ours');
        deepEqual(
          now.traces.map((trace) => trace.filter((entry) => !isOurs(entry))),
          before.traces,
        );
        for (const [index, trace] of now.traces.entries()) {
          const at = trace.findIndex(isOurs);
          const routeAt = trace.indexOf('route');
          if (sample.position === 'last') {
            const own = trace.findIndex((entry) => entry.includes('error handler'));
            equal(own !== -1 && at > own, false, `${after}\n${trace.join()}`);
            continue;
          }
          ok(at !== -1 && (routeAt === -1 || at < routeAt), `${after}\n${trace.join()}`);
          if (sample.position === 'first') equal(at, 0, `${after}\n${trace.join()}`);
          else if (sample.hasJson && index === 1) equal(trace[at], 'ours, body read', after);
        }
        // The one request that fails is seen by a handler of errors, and by no other.
        const seen = now.traces.filter((trace) => trace.includes('ours, error')).length;
        equal(seen, sample.position === 'last' ? 1 : 0, after);
      }),
      { numRuns: 60, seed: SEED },
    );
  });
});

type Next = (error?: unknown) => void;

/** What the application answers, and who saw each request in which order. */
async function answers(code: string, version: string) {
  let trace: string[] = [];
  const pass =
    (name: string) =>
    (_request: unknown, _response: unknown, next: Next): void => {
      trace.push(name);
      next();
    };
  const parts = {
    trace: (entry: string) => trace.push(entry),
    requestLog: pass('log'),
    sessionMiddleware: () => pass('session'),
    whatever: pass('whatever'),
    orders: (_request: unknown, response: { end(): void }) => {
      trace.push('route');
      response.end();
    },
    handleErrors: (_error: unknown, _request: unknown, _response: unknown, next: Next) => {
      trace.push('error handler');
      next('failed');
    },
  };
  const limiter = {
    middleware: (request: { readonly body?: unknown }, _response: unknown, next: Next) => {
      trace.push(request.body === undefined ? 'ours' : 'ours, body read');
      next();
    },
    onError: (error: unknown, _request: unknown, _response: unknown, next: Next) => {
      trace.push('ours, error');
      next(error);
    },
  };
  const modules: Readonly<Record<string, unknown>> = {
    './parts.js': parts,
    './patterns/limiter.js': { limiter },
    express: require(version),
  };
  const { outputText } = ts.transpileModule(code, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      esModuleInterop: true,
    },
  });
  const exports: { default?: RequestListener & { set(name: string, value: string): void } } = {};
  new Function('require', 'exports', outputText)((name: string) => modules[name], exports);
  ok(exports.default);
  // Express tells errors on the console, but not of tests.
  exports.default.set('env', 'test');
  const server = createServer(exports.default).listen(0);
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const statuses: number[] = [];
  const traces: string[][] = [];
  try {
    for (const [method, path] of [
      ['GET', '/'],
      ['POST', '/orders'],
      ['GET', '/fails'],
    ] as const) {
      trace = [];
      const headers = { 'content-type': 'application/json' };
      const body = method === 'POST' ? '{"id":1}' : undefined;
      const response = await fetch(url + path, { method, headers, ...(body ? { body } : {}) });
      await response.arrayBuffer();
      statuses.push(response.status);
      traces.push(trace);
    }
  } finally {
    server.closeAllConnections();
    server.close();
  }
  return { statuses, traces };
}
