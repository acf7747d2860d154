import { ProjectError } from './errors.ts';
import { asObject, asString, stringRecord, type JsonObject } from './json.ts';
import { join, upwards, type Reader } from './reader.ts';

/** A package.json and where it stands. */
export interface Package {
  readonly dir: string;
  readonly name: string | undefined;
  readonly json: JsonObject;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

/**
 * The package that `near` belongs to. A package.json with nothing but `type` (as folders of emitted code carry it)
 * is not one. Throws `NO_PACKAGE_JSON`, or `SYNTAX_ERROR`.
 */
export async function nearestPackage(reader: Reader, near: string): Promise<Package> {
  for (const dir of upwards(near)) {
    const found = await readPackage(reader, dir);
    if (found && Object.keys(found.json).some((key) => key !== 'type')) return found;
  }
  throw new ProjectError(
    'NO_PACKAGE_JSON',
    `There is no package.json in ${near || 'the workspace folder'}${near ? ' or above it' : ''}.`,
    'Run `npm init` in the folder of your service, or name a file of a package as the target.',
  );
}

export async function readPackage(reader: Reader, dir: string): Promise<Package | undefined> {
  const json = await reader.json(join(dir, 'package.json'));
  return (
    json && {
      dir,
      name: asString(json['name']),
      json,
      scripts: stringRecord(json['scripts']),
      dependencies: stringRecord(json['dependencies']),
      devDependencies: stringRecord(json['devDependencies']),
    }
  );
}

/** Whether Node takes a `.js` file in `dir` for an ES module: the nearest package.json decides, even a bare one. */
export async function isModuleScope(reader: Reader, dir: string): Promise<boolean> {
  for (const at of upwards(dir)) {
    const json = await reader.optionalJson(join(at, 'package.json'));
    if (json) return json['type'] === 'module';
  }
  return false;
}

/** A dependency's range wherever the package, or the workspace it is part of, names it. */
export function rangeOf(name: string, packages: readonly (Package | undefined)[]) {
  for (const found of packages) {
    const range =
      found?.dependencies[name] ??
      found?.devDependencies[name] ??
      asString(asObject(found?.json['peerDependencies'])[name]);
    if (range !== undefined) return range;
  }
  return undefined;
}
