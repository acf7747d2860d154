import { readFileSync } from 'node:fs';
import { posix } from 'node:path';
import type { ProjectProfile, Style } from '../../src/project/types.ts';
import type { InstanceRef, Target, WireContext } from '../../src/wire/types.ts';

/** `case.json`: what differs from the usual; everything may be left out. */
export interface WireCase {
  /** Path of the file in the project; default `src/input.ts`. */
  readonly file?: string;
  readonly symbol?: string;
  readonly params?: Readonly<Record<string, unknown>>;
  readonly instance?: Partial<InstanceRef>;
  readonly profile?: Partial<ProjectProfile>;
  readonly style?: Partial<Style>;
  /** Other files of the project, by path: with them the case is compiled before and after. */
  readonly stubs?: Readonly<Record<string, string>>;
  /** Why the case is there. */
  readonly why?: string;
}

const STYLE: Style = {
  quotes: 'single',
  semicolons: true,
  indent: 2,
  eol: '\n',
  trailingCommas: 'all',
  printWidth: 80,
  bracketSpacing: true,
  arrowParens: 'always',
};

export const profileOf = ({ profile, style }: WireCase): ProjectProfile => ({
  packageDir: '',
  packageName: 'sample',
  language: 'typescript',
  tsconfig: 'tsconfig.json',
  sourceDir: 'src',
  outDir: 'src/patterns',
  moduleSystem: 'esm',
  importExtension: '.js',
  aliases: [],
  framework: undefined,
  frameworkVersion: undefined,
  testRunner: 'vitest',
  testDir: undefined,
  testSuffix: '.test.ts',
  formatter: undefined,
  packageManager: 'npm',
  workspaceDir: '',
  nodeMajor: 22,
  dependencies: {},
  devDependencies: {},
  entries: [],
  notes: [],
  ...profile,
  style: { ...STYLE, ...style },
});

/** A relative import between two workspace files, with the extension that the project wants. */
const specifier = (extension: string) => (fromFile: string, toFile: string) => {
  const path = posix.relative(posix.dirname(fromFile), toFile).replace(/\.[jt]s$/, extension);
  return path.startsWith('.') ? path : `./${path}`;
};

export function contextOf(wireCase: WireCase, defaults: InstanceRef): WireContext {
  const profile = profileOf(wireCase);
  return {
    profile,
    instance: { ...defaults, ...wireCase.instance },
    params: wireCase.params ?? {},
    specifier: specifier(profile.importExtension),
  };
}

export const targetOf = ({ file = 'src/input.ts', symbol }: WireCase, text: string): Target => ({
  file: { path: file, text },
  symbol,
});

export const readCase = (path: string): WireCase => JSON.parse(readFileSync(path, 'utf8'));

/** The instance to which each recipe's cases are wired. */
export const INSTANCES: Readonly<Record<string, InstanceRef>> = {
  'wrap-loader': ref('user', 'src/patterns/user-cache.ts'),
  'extract-body': ref('orderEmail', 'src/patterns/order-email.ts'),
  'start-stop': ref('orderEmail', 'src/patterns/order-email.ts'),
  'mount-facade': ref('invoices', 'src/patterns/invoices.ts'),
  'strangle-function': ref('invoices', 'src/patterns/invoices-feature.ts'),
  'wrap-function': ref('payment', 'src/patterns/payment.ts'),
  'replace-call': ref('orders', 'src/patterns/orders.ts'),
  'use-middleware': ref('limiter', 'src/patterns/limiter.ts'),
};

function ref(camel: string, path: string): InstanceRef {
  const pascal = camel.slice(0, 1).toUpperCase() + camel.slice(1);
  const kebab = camel.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
  return { path, camel, pascal, kebab };
}
