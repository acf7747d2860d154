import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { Problem } from './errors.ts';
import type { Catalog, FileSpec, Located, OptionSpec } from './types.ts';

/**
 * What no schema can tell: names that lead nowhere, templates that are not there, defaults outside their bounds.
 * Paths start with the manifest's place below the templates folder, e.g. `patterns/cache-aside/pattern.json: scaffold.ports[0]`.
 * @param wanted which units are checked; all without it
 */
export function checkCatalog(
  catalog: Catalog,
  wanted: (unit: Located) => boolean = () => true,
): readonly Problem[] {
  const problems: Problem[] = [];
  const unknown = (at: string, ids: readonly string[], known: ReadonlyMap<string, unknown>) =>
    ids.forEach((id, i) => {
      if (!known.has(id)) problems.push({ path: `${at}[${i}]`, message: `there is no "${id}"` });
    });

  for (const module of [...catalog.kernel.values()].filter(wanted)) {
    const at = `${module.own ?? `kernel/${module.id}`}/module.json`;
    const circle = circleFrom(module.id, catalog);
    if (circle) problems.push({ path: `${at}: requires`, message: `goes in a circle: ${circle}` });
    unknown(`${at}: requires`, module.requires, catalog.kernel);
    problems.push(...checkFiles(`${at}: files`, module.folder, module.files));
  }
  for (const adapter of [...catalog.adapters.values()].filter(wanted)) {
    const at = `${adapter.own ?? `engines/${adapter.engine}`}/${adapter.port}.json`;
    unknown(`${at}: requires`, adapter.requires, catalog.kernel);
    if (!catalog.engines.has(adapter.engine)) {
      problems.push({ path: `${at}: engine`, message: 'its folder has no engine.json' });
    }
    if (!catalog.kernel.has(adapter.port)) {
      problems.push({ path: `${at}: port`, message: 'no kernel module defines this port' });
    }
    problems.push(...checkFiles(`${at}: files`, adapter.folder, adapter.files));
  }
  for (const pattern of [...catalog.patterns.values()].filter(wanted)) {
    const at = `${pattern.own ?? `patterns/${pattern.id}`}/pattern.json`;
    for (const [kind, ids] of Object.entries(pattern.relations)) {
      unknown(`${at}: relations.${kind}`, ids, catalog.patterns);
      if (ids.includes(pattern.id)) {
        problems.push({ path: `${at}: relations.${kind}`, message: 'names the pattern itself' });
      }
    }
    const { scaffold } = pattern;
    if (scaffold === undefined) continue;
    unknown(`${at}: scaffold.requires`, scaffold.requires, catalog.kernel);
    unknown(`${at}: scaffold.ports`, scaffold.ports, catalog.kernel);
    scaffold.options.forEach((option, i) => {
      const message = checkDefault(option);
      if (message) problems.push({ path: `${at}: scaffold.options[${i}].default`, message });
    });
    if (!pattern.engines.some((id) => catalog.engines.get(id)?.embedded)) {
      const message = 'no embedded engine has an adapter for each port';
      problems.push({ path: `${at}: scaffold.ports`, message });
    }
    problems.push(...checkFiles(`${at}: scaffold.files`, pattern.folder, scaffold.files));
  }
  return problems;
}

/** The modules by which one requires itself. */
function circleFrom(id: string, { kernel }: Catalog): string | undefined {
  const seen = new Set<string>();
  const visit = (at: string, path: readonly string[]): string | undefined => {
    if (at === id && path.length > 0) return [...path, at].join(' -> ');
    if (seen.has(at)) return undefined;
    seen.add(at);
    for (const next of kernel.get(at)?.requires ?? []) {
      const found = visit(next, [...path, at]);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(id, []);
}

function checkFiles(at: string, folder: string, files: readonly FileSpec[]): Problem[] {
  const problems: Problem[] = [];
  files.forEach(({ template, path, role }, i) => {
    const say = (message: string, field: string) =>
      problems.push({ path: `${at}[${i}].${field}`, message });
    if (!existsSync(join(folder, template))) say(`there is no "${template}"`, 'template');
    const forTests = /\.(test|contract)\.ts$/.test(path);
    if (forTests !== (role === 'test' || role === 'instance-test')) {
      say(
        `"${path}" ${forTests ? 'is for tests' : 'has no name of a test'}, the role is ${role}`,
        'role',
      );
    }
  });
  return problems;
}

function checkDefault(option: OptionSpec): string | undefined {
  const { default: value } = option;
  if (option.enum && !option.enum.includes(value as string)) return 'is not among the choices';
  if (typeof value !== 'number') return undefined;
  if (value < (option.minimum ?? -Infinity)) return 'is below the minimum';
  return value > (option.maximum ?? Infinity) ? 'is above the maximum' : undefined;
}
