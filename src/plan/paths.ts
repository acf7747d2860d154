import { posix } from 'node:path';
import type { ProjectFiles } from '../project/types.ts';
import { PlanError } from './errors.ts';

/** File names that Windows refuses, whatever the extension. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Where code is never generated. */
const FORBIDDEN = new Set(['node_modules', '.git']);

const MAX_PATH = 400;

/** Why a path cannot be used as a place in the workspace, or undefined when it can. */
export function pathProblem(path: string): string | undefined {
  if (path.length > MAX_PATH) return `is longer than ${MAX_PATH} characters`;
  if (/[\0-\x1f\x7f]/.test(path)) return 'contains a control character';
  if (/^([/\\]|[A-Za-z]:)/.test(path)) return 'is absolute';
  if (path.includes('\\')) return 'contains a backslash; folders are separated by "/"';
  const segments = path.split('/');
  if (segments.includes('..')) return 'leads upwards ("..")';
  const forbidden = segments.find((segment) => FORBIDDEN.has(segment.toLowerCase()));
  if (forbidden !== undefined) return `leads into "${forbidden}"`;
  const odd = segments.find((segment) => DEVICE.test(segment) || /[<>:"|?*]/.test(segment));
  if (odd !== undefined) return `has a part that is no file name on every system ("${odd}")`;
  return undefined;
}

/**
 * The path without `.` and doubled slashes, relative to the root; `''` is the root.
 * @param what what the path is, for the message: `--out`, `--target`
 * @throws PlanError `OUTSIDE_WORKSPACE`
 */
export function confined(path: string, what: string): string {
  const problem = pathProblem(path);
  if (problem !== undefined) {
    throw new PlanError(
      'OUTSIDE_WORKSPACE',
      `${what} "${printable(path)}" ${problem}. Nothing was written.`,
      'Give a path below the project folder, with "/" between folders, for example "src/patterns".',
    );
  }
  const normal = posix.normalize(path).replace(/\/$/, '');
  return normal === '.' ? '' : normal;
}

/** What stands in the way of a new file: itself or a folder of it in other letter case, a folder in its place, a file in a folder's place. */
export type Obstacle = { readonly path: string; readonly reason: string };

/** Finds what stands in the way of new files, on any file system, those that ignore letter case included. */
export async function obstacles(
  paths: readonly string[],
  files: ProjectFiles,
): Promise<readonly Obstacle[]> {
  const listings = new Map<string, Promise<readonly string[]>>();
  const listing = (dir: string): Promise<readonly string[]> => {
    const known = listings.get(dir) ?? files.list(dir);
    listings.set(dir, known);
    return known;
  };
  const found = await Promise.all(paths.map((path) => obstacle(path, listing)));
  return found.filter((each) => each !== undefined);
}

async function obstacle(
  path: string,
  listing: (dir: string) => Promise<readonly string[]>,
): Promise<Obstacle | undefined> {
  const segments = path.split('/');
  let dir = '';
  for (const [index, segment] of segments.entries()) {
    const wanted = index === segments.length - 1 ? segment : `${segment}/`;
    const names = await listing(dir);
    const at = (name: string): string => posix.join(dir, name);
    if (!names.includes(wanted)) {
      const bare = segment.toLowerCase();
      const clash = names.find((name) => name.replace(/\/$/, '').toLowerCase() === bare);
      if (clash === undefined) return undefined;
      return { path, reason: obstacleReason(at(clash), segment, wanted) };
    }
    dir = at(segment);
  }
  return undefined;
}

function obstacleReason(found: string, segment: string, wanted: string): string {
  const name = posix.basename(found);
  if (name !== segment) return `"${found}" differs from it only in letter case`;
  return wanted.endsWith('/') ? `"${found}" is a file` : `"${found}" is a folder`;
}

/** For messages: control characters made visible, and not without end. */
export function printable(text: string, maxLength = 120): string {
  const shown = text.replace(/[\0-\x1f\x7f]/g, (char) => {
    return `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`;
  });
  return shown.length > maxLength ? `${shown.slice(0, maxLength - 3)}...` : shown;
}
