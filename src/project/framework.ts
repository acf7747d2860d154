import minVersion from 'semver/ranges/min-version.js';
import { asString } from './json.ts';
import { rangeOf, type Package } from './package.ts';
import { join, upwards, type Reader } from './reader.ts';
import { moduleSpecifiers, type CodeToken } from './tokens.ts';
import type { Framework } from './types.ts';
import { catalogRange, type Workspace } from './workspace.ts';

/** Nest first: it brings Express or Fastify along. */
const PACKAGES: readonly (readonly [Framework, string])[] = [
  ['nest', '@nestjs/core'],
  ['fastify', 'fastify'],
  ['hono', 'hono'],
  ['koa', 'koa'],
  ['express', 'express'],
];

/** The dependency tells; where there are several, the one that an entry imports; without any, `node:http` of an entry. */
export function frameworkOf(
  reader: Reader,
  found: Package,
  workspace: Workspace,
  entries: readonly (readonly CodeToken[])[],
): Framework | undefined {
  const present = PACKAGES.filter(([, name]) => rangeOf(name, [found]) !== undefined);
  const shared = PACKAGES.filter(([, name]) => rangeOf(name, [workspace.root]) !== undefined);
  const candidates = present.length > 0 ? present : shared;
  const imported = new Set(entries.flatMap(moduleSpecifiers));
  const used = candidates.filter(([, name]) => imported.has(name));
  const chosen = candidates.find(([framework]) => framework === 'nest') ?? used[0] ?? candidates[0];
  if (chosen) {
    if (candidates.length > 1 && chosen[0] !== 'nest' && used.length !== 1) {
      const names = candidates.map(([, name]) => name).join(', ');
      reader.note(`Several frameworks are installed (${names}): ${chosen[1]} is assumed.`);
    }
    return chosen[0];
  }
  return imported.has('node:http') || imported.has('http') ? 'node-http' : undefined;
}

/** The installed version, else the lowest that the range allows; undefined for `node:http`. */
export async function frameworkVersionOf(
  reader: Reader,
  framework: Framework | undefined,
  found: Package,
  workspace: Workspace,
): Promise<string | undefined> {
  const name = PACKAGES.find(([id]) => id === framework)?.[1];
  if (name === undefined) return undefined;
  for (const dir of upwards(found.dir, workspace.dir)) {
    const json = await reader.optionalJson(join(dir, 'node_modules', name, 'package.json'));
    const version = asString(json?.['version']);
    if (version !== undefined) return version;
  }
  const stated = rangeOf(name, [found, workspace.root]);
  const range = await catalogRange(reader, workspace, name, stated);
  try {
    return range === undefined ? undefined : minVersion(range)?.version;
  } catch {
    return undefined;
  }
}
