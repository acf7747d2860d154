import fc from 'fast-check';

/** How a generated loader says that there is nothing. */
export type Absence = 'undefined' | 'null' | 'never';

/** A method that writes, and calls of it. */
interface WriteSample {
  readonly name: string;
  readonly code: string;
  readonly call: (id: string, name: string) => readonly unknown[];
}

/** A source to wire, with calls that exercise it. */
export interface Sample {
  readonly code: string;
  readonly symbol: string;
  readonly loader: string;
  readonly writes: readonly WriteSample[];
  /** What the calls are made on: the exports of the file, an object among them, or an instance of its class. */
  readonly holder: 'file' | 'object' | 'class';
}

const user = (id: string, name: string) => [{ id, name }];

const write = (name: string, code: string, call: WriteSample['call']): WriteSample => ({
  name,
  code,
  call,
});

/** `LOAD` stands for the call of the loader. */
const WRITES: readonly WriteSample[] = [
  write('save', 'async save(user: User): Promise<void> { await db.put(user); }', user),
  write('upsert', 'async upsert(user: User): Promise<User> { return db.put(user); }', user),
  write(
    'store',
    `async store({ id, name }: User): Promise<User> {
      try { return await db.put({ id, name }); } catch (error) { throw new Error('no', { cause: error }); }
    }`,
    user,
  ),
  write('remove', 'remove(id: string): Promise<void> { return db.drop(id); }', (id) => [id]),
  write(
    'delete',
    `async delete(userId: string): Promise<boolean> {
      // Nothing to do.
      if (userId === '') return false;
      await db.drop(userId);
      return db.count() >= 0;
    }`,
    (id) => [id],
  ),
  write(
    'rename',
    `async rename(id: string, name: string) {
      await db.transaction(async (tx) => {
        await tx.put({ id, name });
      });
      await db.audit('renamed');
    }`,
    (id, name) => [id, name],
  ),
  write(
    'deleteAll',
    `async deleteAll(ids: string[]): Promise<number> {
      let count = 0;
      for (const one of ids) {
        await db.drop(one);
        count++;
      }
      return count;
    }`,
    (id) => [[id, 'other']],
  ),
  write(
    'saveAll',
    `async saveAll(users: readonly User[]): Promise<void> {
      await Promise.all(users.map((one) => db.put(one)));
    }`,
    (id, name) => [
      [
        { id, name },
        { id: 'b', name },
      ],
    ],
  ),
  write(
    'create',
    `async create(name: string, secret?: string): Promise<User> {
      const made = await db.put({ id: name, name });
      if (secret) await db.put({ ...made, name: secret });
      return made;
    }`,
    (id, name) => [id, name],
  ),
  write(
    'archive',
    `async archive(id: string) {
      switch (id) {
        case 'a':
          return await db.put({ id, name: 'archived' });
        default:
          await db.drop(id);
          await db.audit(id);
      }
      return undefined;
    }`,
    (id) => [id],
  ),
  write(
    'activate',
    `async activate(id: string): Promise<User> {
      if (id !== 'none') return db.put({ id, name: 'active' });
      throw new Error('none');
    }`,
    (id) => [id],
  ),
  write(
    'patch',
    `async patch(id: string, name: string): Promise<User | undefined> {
      const found = await LOAD(id);
      if (!found) return undefined;
      await db.put({ ...found, name: found.name + name });
      return (await LOAD(id)) ?? undefined;
    }`,
    (id, name) => [id, name],
  ),
  write(
    'replace',
    `async replace(id: string, name: string) {
      const result = name.length;
      return result > 0 ? db.put({ id, name }) : undefined;
    }`,
    (id, name) => [id, name],
  ),
  write(
    'cancel',
    `async cancel(id: string): Promise<void> {
      await db.query('delete from users where id = $1', [id]);
    }`,
    (id) => [id],
  ),
  write(
    'setName',
    `async setName(id: string, name: string): Promise<void> {
      await db.put({ id, name });
      await db.refuse(name);
    }`,
    (id, name) => [id, name],
  ),
  write(
    'restore',
    `async restore(id: string, name: string): Promise<boolean> {
      if (name === 'x') await db.drop(id);
      else await db.put({ id, name });
      if (await db.refuse(name)) return false;
      return (await db.put({ id, name: 'restored' })).name !== '';
    }`,
    (id, name) => [id, name],
  ),
  write(
    'updateAll',
    `async updateAll(users: readonly User[]): Promise<void> {
      for (const user of users) {
        await db.put(user);
        await db.refuse(user.name);
      }
    }`,
    (id, name) => [
      [
        { id, name },
        { id: 'b', name: 'y' },
        { id: 'a', name },
      ],
    ],
  ),
  write(
    'insert',
    `async insert(name: string): Promise<User> {
      const made = await db.put({ id: 'a', name });
      await db.refuse(name);
      return made;
    }`,
    (_id, name) => [name],
  ),
  write(
    'addNames',
    `async addNames(id: string, names: readonly string[]): Promise<void> {
      for (const name of names) await db.put({ id, name });
      for (const name of names) {
        if (name === '') continue;
        await db.refuse(name);
        await db.put({ id, name });
        await db.refuse('');
      }
    }`,
    (id, name) => [id, [name, 'last']],
  ),
];

const RETURNS: Readonly<Record<Absence, string>> = {
  undefined: 'Promise<User | undefined>',
  null: 'Promise<User | null>',
  never: 'Promise<User>',
};

function loaderBody(absence: Absence, isAsync: boolean): string {
  if (!isAsync) {
    const orElse = {
      undefined: 'db.find(id)',
      null: 'db.find(id).then((one) => one ?? null)',
      never: "db.find(id).then((one) => one ?? Promise.reject(new Error('absent')))",
    };
    return `return ${orElse[absence]};`;
  }
  const orElse = {
    undefined: 'return one;',
    null: 'return one ?? null;',
    never: "if (!one) throw new Error('absent');\nreturn one;",
  };
  return `const one = await db.find(id);\n${orElse[absence]}`;
}

const SIGNALS = ['', ', signal?: AbortSignal', ', options?: { signal?: AbortSignal }'] as const;
const FIELDS = [
  '',
  'readonly log: string[] = [];\n',
  'private hits = 0;\n\n',
  '#hits = 0;\n',
  '[Symbol.toStringTag] = "users";\n',
  '// Not a field.\n',
] as const;
const HEADERS = [
  '',
  '#!/usr/bin/env node\n',
  '/* Copyright 2026 */\n',
  "'use strict';\n\n",
  '// @ts-check\n\n',
  '/** About. */\n\n',
] as const;
const IMPORTS = [
  ["import { db } from './db.js';", "import type { User } from './user.js';"],
  ["import type { User } from './user.js';", "import { db } from './db.js';"],
  ["import { db } from './db.js'; // the store", "import {\n  type User,\n} from './user.js';"],
] as const;

interface Shape {
  readonly header: string;
  readonly imports: readonly string[];
  readonly field: string;
  readonly absence: Absence;
  readonly isAsync: boolean;
  readonly signal: string;
  readonly writes: readonly WriteSample[];
  readonly form: 'class' | 'object' | 'function' | 'arrow';
  readonly loader: string;
}

const shapes: fc.Arbitrary<Shape> = fc.record({
  header: fc.constantFrom(...HEADERS),
  imports: fc.constantFrom(...IMPORTS),
  field: fc.constantFrom(...FIELDS),
  absence: fc.constantFrom<Absence>('undefined', 'null', 'never'),
  isAsync: fc.boolean(),
  signal: fc.constantFrom(...SIGNALS),
  writes: fc.subarray([...WRITES], { maxLength: 5 }),
  form: fc.constantFrom('class', 'object', 'function', 'arrow'),
  loader: fc.constantFrom('findById', 'getUser', 'fetchUserAndRoles', 'load'),
});

/** Sources with a loader and writes beside it, valid TypeScript, not yet formatted. */
export const samples: fc.Arbitrary<Sample> = shapes.map((shape) => {
  if (shape.form === 'class') return classSample(shape);
  return shape.form === 'object' ? objectSample(shape) : functionSample(shape);
});

function classSample(shape: Shape): Sample {
  const { header, imports, field, absence, isAsync, signal, writes, loader } = shape;
  const async = isAsync ? 'async ' : '';
  const methods = writes.map(({ code }) => code.replaceAll('LOAD(', `this.${loader}(`));
  const code = `${header}${imports.join('\n')}

export class UserRepository {
  ${field}/** One user. */
  ${async}${loader}(id: string${signal}): ${RETURNS[absence]} {
    ${loaderBody(absence, isAsync)}
  }

  ${methods.join('\n\n')}
}
`;
  return { code, symbol: `UserRepository.${loader}`, loader, writes, holder: 'class' };
}

/** The members of the class as those of an object, of which the loader counts with `this`. */
function objectSample({
  header,
  imports,
  absence,
  isAsync,
  signal,
  writes,
  loader,
}: Shape): Sample {
  const async = isAsync ? 'async ' : '';
  const methods = writes.map(({ code }) => `${code.replaceAll('LOAD(', `this.${loader}(`)},`);
  const code = `${header}${imports.join('\n')}

/** All users. */
export const userRepository = {
  /** One user. */
  ${async}${loader}(id: string${signal}): ${RETURNS[absence]} {
    ${signal === '' ? '' : 'this.hits += 1;'}
    ${loaderBody(absence, isAsync)}
  },

  hits: 0,

  ${methods.join('\n\n')}
};
`;
  return { code, symbol: `userRepository.${loader}`, loader, writes, holder: 'object' };
}

function functionSample(shape: Shape): Sample {
  const { header, imports, absence, isAsync, signal, form } = shape;
  const loader = shape.loader === 'load' ? 'loadUser' : shape.loader;
  const async = isAsync ? 'async ' : '';
  const body = `{\n${loaderBody(absence, isAsync)}\n}`;
  const parameters = `(id: string${signal}): ${RETURNS[absence]}`;
  const declared =
    form === 'arrow'
      ? `export const ${loader} = ${async}${parameters} => ${body};`
      : `export ${async}function ${loader}${parameters} ${body}`;
  // `delete` is no name for a function.
  const writes = shape.writes
    .filter(({ name }) => !/^(?:delete|cancel)$/.test(name))
    .map((one) => ({ ...one, name: `${one.name}User` }));
  const functions = writes.map(({ code, name }) => {
    const own = name.replace(/User$/, '');
    const renamed = code.replace(new RegExp(`^(async )?${own}\\(`), `$1function ${name}(`);
    return `export ${renamed.replaceAll('LOAD(', `${loader}(`)}`;
  });
  const code = `${header}${imports.join('\n')}\n\n/** One user. */\n${declared}\n\n${functions.join('\n\n')}\n`;
  return { code, symbol: loader, loader, writes, holder: 'file' };
}
