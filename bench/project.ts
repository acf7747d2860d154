/** A project of any size for the benches that plan. */
import { mkdir, mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Numbers of source files: what is planned must not depend on them. */
export const sizes = [10, 1_000, 10_000];

/** What is wired in it. */
export const target = 'src/user-repository.ts:UserRepository.findById';

const repository = `import type { User } from './user.js';

export class UserRepository {
  async findById(id: string): Promise<User | undefined> {
    return { id };
  }

  async save(user: User): Promise<void> {
    await Promise.resolve(user);
  }
}
`;

const appModule = `import { Module } from '@nestjs/common';

@Module({
  imports: [],
  providers: [],
})
export class AppModule {}
`;

/** @returns its folder, which is the caller's to remove */
export async function writeProject(files: number): Promise<string> {
  const project = await mkdtemp(join(tmpdir(), 'patternsmith-bench-'));
  const write = async (path: string, text: string): Promise<void> => {
    await mkdir(join(project, path, '..'), { recursive: true });
    await writeFile(join(project, path), text);
  };
  const json = (value: object): string => JSON.stringify(value, null, 2);
  const compilerOptions = {
    module: 'commonjs',
    target: 'es2022',
    strict: true,
    experimentalDecorators: true,
  };
  await write(
    'package.json',
    json({
      name: 'bench',
      dependencies: { '@nestjs/core': '^11.0.0' },
      devDependencies: { vitest: '*', '@types/node': '^24' },
    }),
  );
  await write('tsconfig.json', json({ compilerOptions, include: ['src'] }));
  await write('src/app.module.ts', appModule);
  await write('src/user.ts', 'export interface User {\n  readonly id: string;\n}\n');
  await write('src/user-repository.ts', repository);
  for (let i = 0; i < files; i++) {
    const folder = `src/part${Math.floor(i / 100)}`;
    await write(`${folder}/file${i}.ts`, `export class File${i} {\n  readonly value = ${i};\n}\n`);
  }
  return project;
}
