/** Golden cases with `stubs`: what is wired, and the file that it is wired to, compile as strictly as what was there. */
import { deepEqual, ok } from 'node:assert/strict';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, it } from 'mocha';
import { codeStyle } from '../../../src/wire/code.ts';
import { importStatement } from '../../../src/wire/imports.ts';
import { recipes } from '../../../src/wire/recipes.ts';
import { parse } from '../../../src/wire/source.ts';
import type { Inspection, WireContext } from '../../../src/wire/types.ts';
import { INSTANCES, contextOf, readCase, targetOf } from '../../golden/wire-case.ts';
import { typeErrors } from './compile.ts';

const ROOT = join(import.meta.dirname, '../../golden/wire');
type Inspected = Extract<Inspection, { ok: true }>;

/** The instance files, as the patterns' templates write them. */
const INSTANCE_TEXT: Readonly<Record<string, (inspected: Inspected) => string>> = {
  'extract-body': ({ facts }) => `export type Job = ${String(facts['messageType'])};
export declare const orderEmailQueue: {
  send(message: { readonly type: string; readonly body: Job }): Promise<readonly string[]>;
};
export type OrderEmailJob = Job;
export declare function handleOrderEmailJobs(work: (job: Job) => Promise<void>): void;
export async function handle(${String(facts['handlerParam'])}: Job): Promise<void> {
${String(facts['body'])}
}
`,
  'start-stop': () => `export declare const orderEmailConsumer: {
  start(): Promise<void>;
  close(options?: { readonly drainMs?: number }): Promise<void>;
};
`,
  'strangle-function': ({ facts }) => `type Args = readonly ${String(facts['args'])};
type Result = ${String(facts['resultType'])};
export declare function invoicesFeature(old: () => Promise<Result>, ...args: Args): Promise<Result>;
export const key: (old: () => Promise<Result>, ...args: Args) => string | undefined = ${String(facts['key'])};
`,
  'wrap-loader': ({ facts }) => `type Value = ${String(facts['valueType'])};
export declare function createUserCache(
  load: (key: string, signal: AbortSignal) => Promise<Value | undefined>,
): {
  get(key: string, options?: { readonly signal?: AbortSignal }): Promise<Value | undefined>;
  invalidate(key: string): Promise<void>;
  invalidateMany(keys: readonly string[]): Promise<void>;
};
`,
  'wrap-function': () => `export declare const payment: {
  run<T>(work: () => Promise<T>): Promise<T>;
  keyed<T>(name: string, key: string, work: () => Promise<T>): Promise<T>;
  within<T>(work: () => Promise<T>, ms: number): Promise<T>;
  same<T>(work: () => T): T;
};
`,
  'replace-call': () => `export declare const orders: {
  run<T>(work: () => Promise<T>): Promise<T>;
  limit<T>(value: T): T;
  time(name: string): number;
};
export declare const ordersClient: {
  fetch: typeof fetch;
  named(name: string, ...args: Parameters<typeof fetch>): Promise<Response>;
  get<T>(url: string, config?: object): Promise<{ data: T }>;
};
`,
  'use-middleware':
    () => `import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';
import type { DynamicModule } from '@nestjs/common';
import type { ErrorRequestHandler, RequestHandler } from 'express';
import type { FastifyPluginAsync } from 'fastify';
import type { MiddlewareHandler } from 'hono';
import type { Middleware } from 'koa';
export declare const limiter: {
  middleware(request: IncomingMessage, response: ServerResponse, next: (error?: Error) => void): void;
  onError: ErrorRequestHandler;
  plugin: FastifyPluginAsync;
  hono: MiddlewareHandler;
  koa: Middleware;
  wrap(listener: RequestListener): RequestListener;
};
export declare function createLimiter(options: { readonly perMinute: number }): RequestHandler;
export declare class LimiterModule {
  static forRoot(): DynamicModule;
}
export declare class LimiterGuard {}
export declare class LimiterMiddleware {
  use(request: unknown, response: unknown, next: () => void): void;
}
`,
  'mount-facade': () => `import type { IncomingMessage, ServerResponse } from 'node:http';
export declare function invoicesFacade(
  request: IncomingMessage,
  response: ServerResponse,
  next: (error?: Error) => void,
): void;
`,
};

function importsOf({ imports }: Inspected, context: WireContext): string {
  const source = parse({ path: 'a.ts', text: '' });
  const style = codeStyle(source, context.profile);
  const { path } = context.instance;
  return imports
    .map((one) => {
      const from = one.from.startsWith('/') ? context.specifier(path, one.from.slice(1)) : one.from;
      return `${importStatement(source, style, { ...one, from })}\n`;
    })
    .join('');
}

describe('wired code compiles', () => {
  for (const id of readdirSync(ROOT)) {
    const recipe = recipes.get(id);
    const instance = INSTANCES[id];
    for (const name of readdirSync(join(ROOT, id))) {
      const folder = join(ROOT, id, name);
      const wireCase = readCase(join(folder, 'case.json'));
      if (!wireCase.stubs || !existsSync(join(folder, 'output.ts'))) continue;
      it(`${id}: ${name.replaceAll('-', ' ')}`, () => {
        ok(recipe && instance);
        const text = readFileSync(join(folder, 'input.ts'), 'utf8');
        const context = contextOf(wireCase, instance);
        const target = targetOf(wireCase, text);
        const inspected = recipe.inspect(target, context);
        ok(inspected.ok);
        const { stubs = {} } = wireCase;
        deepEqual(typeErrors({ ...stubs, [target.file.path]: text }), {}, 'before');
        const after = readFileSync(join(folder, 'output.ts'), 'utf8');
        const instanceText = importsOf(inspected, context) + (INSTANCE_TEXT[id]?.(inspected) ?? '');
        const files = { ...stubs, [target.file.path]: after, [instance.path]: instanceText };
        deepEqual(typeErrors(files), {}, `${after}\n${instanceText}`);
      });
    }
  }
});
