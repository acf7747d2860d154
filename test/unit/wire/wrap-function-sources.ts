import fc from 'fast-check';

/** A source with one function to wrap, and what calls it. */
export interface Sample {
  readonly code: string;
  readonly symbol: string;
  /** An expression over the module's exports that calls the function; a promise of its result. */
  readonly calls: readonly string[];
}

interface Parameter {
  readonly text: string;
  /** What the body makes of it. */
  readonly use: string;
  /** Arguments that callers may give; an empty one leaves it out, and all after it. */
  readonly given: readonly string[];
}

const PARAMETERS: readonly Parameter[] = [
  { text: 'id: string', use: 'id', given: ["'a'", "''"] },
  { text: 'at: Date | number', use: 'Number(at)', given: ['3', 'new Date(5)'] },
  {
    text: '{ amount, note = "none" }: Charge',
    use: 'amount + note',
    given: ['{ amount: 1, other: 2 }'],
  },
  {
    text: '[first, ...others]: readonly string[]',
    use: 'first + others.join("-")',
    given: ["['x', 'y', 'z']", '[]'],
  },
];
const LATER: readonly Parameter[] = [
  { text: 'reason?: string', use: 'String(reason)', given: ['', "'why'"] },
  { text: 'tries = 3', use: 'tries', given: ['', 'undefined', '7'] },
  { text: 'delayMs: number = 100', use: 'delayMs', given: ['', '8'] },
  {
    text: '{ amount: sum, ...rest }: Partial<Charge> = {}',
    use: 'String(sum) + JSON.stringify(rest)',
    given: ['', '{ amount: 4, note: "n" }'],
  },
];
const REST: Parameter = {
  text: '...tags: readonly string[]',
  use: 'tags.join()',
  given: ['', "'t', 'u'"],
};

const HEADERS = [
  '',
  '#!/usr/bin/env node\n',
  '/* Copyright 2026 */\n',
  "'use strict';\n\n",
  '/** About. */\n\n',
] as const;

const FORMS = [
  'function',
  'default function',
  'arrow',
  'function expression',
  'method',
  'private method',
  'static',
  'arrow property',
  'static arrow property',
] as const;

interface Shape {
  readonly header: string;
  readonly form: (typeof FORMS)[number];
  readonly isAsync: boolean;
  readonly isGeneric: boolean;
  readonly usesThis: boolean;
  readonly throws: boolean;
  readonly keyword: boolean;
  readonly decorated: boolean;
  readonly given: number;
  readonly parameters: readonly Parameter[];
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  header: fc.constantFrom(...HEADERS),
  form: fc.constantFrom(...FORMS),
  isAsync: fc.boolean(),
  isGeneric: fc.boolean(),
  usesThis: fc.boolean(),
  throws: fc.boolean(),
  keyword: fc.boolean(),
  decorated: fc.boolean(),
  given: fc.nat(7),
  parameters: fc
    .tuple(
      fc.subarray([...PARAMETERS], { maxLength: 2 }),
      fc.subarray([...LATER], { maxLength: 3 }),
      fc.boolean(),
    )
    .map(([first, later, rest]) => [...first, ...later, ...(rest ? [REST] : [])]),
});

/** Valid TypeScript, not yet formatted. */
export const samples: fc.Arbitrary<Sample> = shapes.map((shape) =>
  /method|static|property/.test(shape.form) ? memberSample(shape) : functionSample(shape),
);

const CHARGE = `interface Charge {
  readonly amount: number;
  readonly note?: string;
  readonly other?: number;
}

const log: string[] = [];
`;

function bodyOf({ isAsync, throws, parameters }: Shape, receiver: string): string {
  const parts = ["'r'", ...parameters.map(({ use }) => use), ...(receiver ? [receiver] : [])];
  const answer = `[${parts.join(', ')}].join('|')`;
  const check = throws
    ? `if (${answer}.length % 3 === 0) throw new Error('no ' + log.length);\n`
    : '';
  return isAsync
    ? `{\n  // Works.\n  await Promise.resolve();\n  ${check}log.push(${answer});\n  return log.join();\n}`
    : `{\n  ${check}log.push(${answer});\n  return Promise.resolve(log.join());\n}`;
}

function head({ isGeneric, parameters }: Shape, receiver: string): string {
  const all = [...(receiver ? [receiver] : []), ...parameters.map(({ text }) => text)];
  return `${isGeneric ? '<T = 0>' : ''}(${all.join(', ')}): Promise<string>`;
}

/** Calls with all arguments, and with as few as may be given. */
function argumentsOf({ parameters, given }: Shape): readonly string[] {
  const pick = (at: number) =>
    parameters.map(({ given: choices }, index) => choices[(at + index) % choices.length] ?? '');
  const upToFirstGap = (args: readonly string[]) => {
    const gap = args.indexOf('');
    return (gap === -1 ? args : args.slice(0, gap)).join(', ');
  };
  return [upToFirstGap(pick(given)), upToFirstGap(pick(given + 1))];
}

function functionSample(shape: Shape): Sample {
  const { header, form, isAsync } = shape;
  // A generic function with a `this` of its own is refused, and `default` cannot have one here.
  const ownsThis = shape.usesThis && !shape.isGeneric && /^function/.test(form);
  const body = bodyOf(shape, ownsThis ? 'this.name' : '');
  const async = isAsync ? 'async ' : '';
  const signature = head(shape, ownsThis ? 'this: { readonly name: string }' : '');
  const declared = {
    function: `export ${async}function charge${signature} ${body}`,
    'default function': `export default ${async}function ${signature} ${body}`,
    arrow: `export const charge = ${async}${signature} => ${body};`,
    'function expression': `export const charge = ${async}function ${signature} ${body};`,
  }[form as 'function'];
  const symbol = form === 'default function' ? 'default' : 'charge';
  const code = `${header}${CHARGE}\n/** Charges. */\n${declared}\n`;
  const calls = argumentsOf(shape).map((args) =>
    ownsThis
      ? `exports.charge.call({ name: 'me' }${args && `, ${args}`})`
      : `(0, exports.${symbol})(${args})`,
  );
  return { code, symbol, calls };
}

function memberSample(shape: Shape): Sample {
  const { header, form, isAsync, usesThis, keyword, decorated } = shape;
  const isStatic = form.startsWith('static');
  const isArrow = form.endsWith('arrow property');
  const name = form === 'private method' ? '#charge' : 'charge';
  const async = isAsync ? 'async ' : '';
  const fixed = isStatic ? 'static ' : '';
  const body = bodyOf(shape, usesThis ? 'String(this.count)' : '');
  const member = isArrow
    ? `${fixed}readonly ${name} = ${async}${head(shape, '')} => ${body};`
    : `${fixed}${async}${name}${head(shape, '')} ${body}`;
  const decorator = decorated && !isArrow && name === 'charge' ? '@mark\n' : '';
  const code = `${header}${CHARGE}
const mark = (value: any, _context: unknown): any => value;

${decorated ? '@mark\n' : ''}export class Payments {
  ${keyword ? `private ${fixed}secret = 1;` : ''}
  ${fixed}count = 1;

  /** Charges. */
  ${decorator}${member}

  pay(...args: never): Promise<string> {
    return ${isStatic ? 'Payments' : 'this'}.${name}(...(args as [any, any, any, any, any]));
  }
  ${keyword ? `\n  size(): number {\n  return ${isStatic ? 'Payments' : 'this'}.secret;\n}` : ''}
}

export class More extends Payments {}
`;
  const on = isStatic ? 'exports.More' : 'new exports.More()';
  const calls = argumentsOf(shape).flatMap((args) => [
    ...(name === 'charge' ? [`${on}.charge(${args})`] : [`new exports.More().pay(${args})`]),
    // Taken off its object, as handlers are.
    ...(name === 'charge' && !usesThis ? [`(0, ${on}.charge)(${args})`] : []),
  ]);
  return { code, symbol: `Payments.${name}`, calls };
}
