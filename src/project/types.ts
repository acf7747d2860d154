/** What the user's project is. Paths are POSIX, relative to the root that the reader was opened on. */

export interface ProjectProfile {
  /** Folder of the nearest package.json; `''` is the root itself. */
  readonly packageDir: string;
  readonly packageName: string | undefined;
  /** What is generated: JavaScript where the project has nothing else. */
  readonly language: 'typescript' | 'javascript';
  /** The tsconfig that governs `sourceDir`, after `extends` and `references`. In JavaScript its tsconfig or jsconfig, where there is one. */
  readonly tsconfig: string | undefined;
  /** Where source stands, e.g. `src`; relative to the root like every path here. */
  readonly sourceDir: string;
  /** Where patterns are put unless the user says otherwise, e.g. `src/patterns`. */
  readonly outDir: string;
  /** What a `.ts` file in `outDir` is emitted or run as, a `.js` file is taken for. */
  readonly moduleSystem: 'esm' | 'commonjs';
  /** What a relative import ends in: NodeNext ESM needs `.js`, `rewriteRelativeImportExtensions` or type stripping `.ts`, bundlers and CommonJS nothing. */
  readonly importExtension: '.js' | '.ts' | '';
  /** `paths` of the tsconfig and `imports` of package.json that map a prefix to a folder, e.g. `@/` to `src/`. */
  readonly aliases: readonly { readonly prefix: string; readonly dir: string }[];
  readonly framework: Framework | undefined;
  readonly frameworkVersion: string | undefined;
  readonly testRunner: 'vitest' | 'jest' | 'node:test' | 'mocha';
  /** Where the runner looks: beside the source, or a folder of its own (then tests keep their path below `outDir` there). */
  readonly testDir: string | undefined;
  readonly testSuffix: '.test.ts' | '.spec.ts' | '.test.js' | '.spec.js';
  readonly formatter: 'prettier' | 'biome' | undefined;
  readonly style: Style;
  readonly packageManager: 'npm' | 'pnpm' | 'yarn' | 'bun';
  /** The folder with the lock file; differs from `packageDir` in a monorepo. */
  readonly workspaceDir: string;
  /** Lowest Node major that the project says it supports (`engines`, `.nvmrc`, `@types/node`), else the running one's. */
  readonly nodeMajor: number;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
  /**
   * Files that start the application (call `listen`, `serve`, `NestFactory.create`…), best first; after them those
   * that only make it (`express()`, `new Hono()`) for the former to start.
   */
  readonly entries: readonly string[];
  /** For each field above that was not certain: what was found and what was assumed. Shown to the user. */
  readonly notes: readonly string[];
}

export type Framework = 'express' | 'fastify' | 'nest' | 'hono' | 'koa' | 'node-http';

export interface Style {
  readonly quotes: 'single' | 'double';
  readonly semicolons: boolean;
  /** `'\t'` or that many spaces. */
  readonly indent: '\t' | number;
  /** Columns that a tab counts for where the formatter measures a line; undefined: 2, as Prettier and Biome have it. */
  readonly tabWidth?: number;
  readonly eol: '\n' | '\r\n';
  readonly trailingCommas: 'none' | 'es5' | 'all';
  readonly printWidth: number;
  readonly bracketSpacing: boolean;
  readonly arrowParens: 'always' | 'avoid';
}

/** Read access to a project. Open editors' unsaved text wins over the disk; never leaves the root. */
export interface ProjectFiles {
  /** Text of the file, or undefined when there is none. A byte order mark is kept. */
  read(path: string): Promise<string | undefined>;
  /** Names in a folder, folders with a trailing `/`; empty when there is none. */
  list(dir: string): Promise<readonly string[]>;
}
