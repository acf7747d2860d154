import fc from 'fast-check';
import type { SourceText } from '../../src/wire/types.ts';

/** A function in the parts in which the ways to write it differ. */
interface Shape {
  readonly verb: string;
  readonly isAsync: boolean;
  readonly isGenerator: boolean;
  readonly parameters: string;
  readonly returns: string;
  readonly body: string;
}

const PARAMETERS = [
  '',
  'id: string',
  'id: number',
  'id?: string',
  'id',
  'order: Order',
  'order: Hidden',
  '{ id }: Order',
  '...ids: string[]',
  'id: string, options: { signal?: AbortSignal } = {}',
  'userId: string, cents: number',
  'tx: Transaction, id: string',
] as const;
const RETURNS = [
  '',
  ': Promise<Order>',
  ': Promise<Order | undefined>',
  ': Promise<Hidden<T>>',
  ': Promise<void>',
  ': void',
  ': Order',
] as const;
const BODIES = [
  'return db.find(1);',
  'await db.save(1);',
  'await fetch("http://a");',
  'const { total } = this;\nreturn total;',
  'for (const one of orders) {\n  await db.save(one);\n}',
  'db.on("paid", async (order: Order) => {\n  await db.save(order);\n});',
  'return retry(() => db.find(1));',
  '"use server";\nreturn arguments.length;',
  'return await fetch(await db.find(1));',
  '',
] as const;
const VERBS = ['find', 'load', 'save', 'remove', 'send', 'process', 'sum', 'handle'] as const;

const shapes: fc.Arbitrary<Shape> = fc.record({
  verb: fc.constantFrom(...VERBS),
  isAsync: fc.boolean(),
  isGenerator: fc.integer({ min: 0, max: 9 }).map((one) => one === 0),
  parameters: fc.constantFrom(...PARAMETERS),
  returns: fc.constantFrom(...RETURNS),
  body: fc.constantFrom(...BODIES),
});

type Form = (name: string, shape: Shape) => string;

const keyword = ({ isAsync }: Shape): string => (isAsync ? 'async ' : '');
const star = ({ isGenerator }: Shape): string => (isGenerator ? '*' : '');
const rest = ({ parameters, returns, body }: Shape, arrow = ''): string =>
  `(${parameters})${returns}${arrow} {\n${body}\n}`;
const method: Form = (name, shape) => `${keyword(shape)}${star(shape)}${name}${rest(shape)}`;
const arrow: Form = (_name, shape) => `${keyword(shape)}${rest(shape, ' =>')}`;

/** Where a function can stand. */
const FORMS: readonly Form[] = [
  (name, shape) => `export ${keyword(shape)}function${star(shape)} ${name}${rest(shape)}`,
  (name, shape) => `const ${name} = ${arrow(name, shape)};`,
  (name, shape) =>
    `export class ${name}Class {\n${method(name, shape)}\nget size() { return 1; }\n}`,
  (name, shape) =>
    `export class ${name}Class {\nstatic ${method(name, shape)}\n#x = ${arrow(name, shape)};\n}`,
  (name, shape) =>
    `export const ${name}Object = {\n${method(name, shape)},\nget size() { return 1; },\n};`,
  (name, shape) =>
    `const ${name}Object = {\n${name}: ${arrow(name, shape)},\nother: db.find,\n} as const;`,
  (name, shape) =>
    `function ${name}${rest(shape)}\nexport const ${name}Object = { ${name}, all: ${name} };`,
  (name, shape) => `const ${name} = ${arrow(name, shape)}, ${name}2 = 1;`,
  (name, shape) =>
    `module.exports.${name} = ${keyword(shape)}function${star(shape)} ${name}2${rest(shape)};`,
];
const DEFAULTS: readonly Form[] = [
  () => '',
  (name, shape) => `export default ${keyword(shape)}function ${name}${rest(shape)}`,
  (_name, shape) => `export default ${keyword(shape)}function ${rest(shape)}`,
  (name, shape) => `export default {\n${method(name, shape)},\n};`,
  (name, shape) => `export default ${arrow(name, shape)};`,
];

const HEAD = `import { db, orders, retry } from './db.js';
import type { Order, Transaction } from './order.js';

interface Hidden { readonly id: string }
`;

const isWhole = ({ isAsync, body }: Shape): boolean =>
  isAsync || !/\bawait\b(?! db\.save\(o)/.test(body);

/** Files of a few functions in all forms, TypeScript or JavaScript, not formatted. */
export const functionFiles: fc.Arbitrary<SourceText> = fc
  .record({
    functions: fc.array(fc.tuple(fc.constantFrom(...FORMS), shapes.filter(isWhole)), {
      minLength: 1,
      maxLength: 5,
    }),
    last: fc.tuple(fc.constantFrom(...DEFAULTS), shapes.filter(isWhole)),
  })
  .map(({ functions, last: [form, shape] }) => {
    const parts = functions.map(([one, of], at) => one(`${of.verb}Order${at}`, of));
    const text = [HEAD, ...parts, form(`${shape.verb}Default`, shape)].join('\n');
    return { path: 'src/orders.ts', text };
  });
