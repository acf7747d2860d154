import { createHash } from 'node:crypto';
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  writeFile,
} from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Files by path; objects are written as JSON. */
export type Texts = Readonly<Record<string, string | object>>;

export const USERS = `import { db } from './db.js';

export interface User {
  readonly id: string;
  readonly name: string;
}

export class UserRepository {
  async findById(id: string): Promise<User | undefined> {
    const rows = await db.query<User>('select * from users where id = $1', [id]);
    return rows[0];
  }

  async save(user: User): Promise<void> {
    await db.query('insert into users values ($1, $2)', [user.id, user.name]);
  }
}
`;

/** A small package in Prettier's style with single quotes. */
export const PROJECT: Texts = {
  'package.json': `{
  "name": "shop",
  "type": "module",
  "engines": {
    "node": ">=22"
  },
  "scripts": {
    "test": "vitest run"
  },
  "dependencies": {
    "express": "^5.1.0"
  },
  "devDependencies": {
    "@types/node": "^22.0.0",
    "vitest": "^4.0.0"
  }
}
`,
  'package-lock.json': { lockfileVersion: 3 },
  'tsconfig.json': { compilerOptions: { module: 'NodeNext', strict: true }, include: ['src'] },
  '.prettierrc': { singleQuote: true },
  'src/users.ts': USERS,
  'src/db.ts': `export const db = {
  async query<T>(_sql: string, _values: unknown[]): Promise<T[]> {
    return [];
  },
};
`,
};

export async function makeProject(texts: Texts = PROJECT): Promise<string> {
  const root = await mkdtemp(join(tmpdir(), 'patternsmith-'));
  await writeTexts(root, texts);
  return root;
}

export async function writeTexts(root: string, texts: Texts): Promise<void> {
  for (const [path, text] of Object.entries(texts)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(
      join(root, path),
      typeof text === 'string' ? text : `${JSON.stringify(text, undefined, 2)}\n`,
    );
  }
}

export async function remove(root: string): Promise<void> {
  await rm(root, { recursive: true, force: true });
}

/** Every file, folder and link below a folder, with what is in it: equal trees are equal byte for byte. */
export async function treeOf(root: string, dir = ''): Promise<Readonly<Record<string, string>>> {
  const tree: Record<string, string> = {};
  for (const name of (await readdir(join(root, dir))).sort()) {
    const path = join(dir, name);
    const info = await lstat(join(root, path));
    if (info.isDirectory()) {
      tree[`${path}/`] = `folder ${info.mode.toString(8)}`;
      Object.assign(tree, await treeOf(root, path));
    } else if (info.isSymbolicLink()) {
      tree[path] = `link to ${await readlink(join(root, path))}`;
    } else {
      const hash = createHash('sha256').update(await readFile(join(root, path)));
      tree[path] = `${info.mode.toString(8)} ${hash.digest('hex')}`;
    }
  }
  return tree;
}
