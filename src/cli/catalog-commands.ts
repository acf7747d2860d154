import { searchPatterns } from '../catalog/search.ts';
import type { Catalog, Family, Pattern } from '../catalog/types.ts';
import { unknownPattern } from '../plan/resolve.ts';
import { type Io, printJson } from './io.ts';
import { readCatalog } from './own-templates.ts';
import type { Arguments } from './usage.ts';

const FAMILIES: readonly Family[] = ['messaging', 'data', 'design'];

/** `list`, `search` and `show`: of the project they need no more than its own templates. @returns the exit code */
export async function catalogCommand(
  templatesDir: string,
  args: Arguments,
  io: Io,
): Promise<number> {
  const catalog = await readCatalog(templatesDir, args);
  if (args.command === 'show') {
    const id = args.words[0] ?? '';
    const pattern = catalog.patterns.get(id);
    if (!pattern) throw unknownPattern(catalog, id);
    if (args.json) printJson(io, { ...listed(pattern), ...details(pattern) });
    else io.out.write(showText(pattern, catalog));
    return 0;
  }
  const all = [...catalog.patterns.values()];
  const found = args.command === 'search' ? searchPatterns(all, args.words.join(' ')) : all;
  if (args.json) printJson(io, found.map(listed));
  else io.out.write(args.command === 'search' ? lines(found) : families(found));
  return 0;
}

function listed({ id, title, family, intent, engines, scaffold, own }: Pattern) {
  return {
    ...{ id, title, family, intent, engines, scaffold: scaffold !== undefined },
    ...(own === undefined ? {} : { own }),
  };
}

function details({ version, keywords, relations, scaffold }: Pattern) {
  return {
    version,
    keywords,
    relations,
    options: scaffold?.options ?? [],
    wiring: (scaffold?.wiring ?? []).map(({ recipe, on, title }) => ({ recipe, on, title })),
  };
}

function families(patterns: readonly Pattern[]): string {
  return FAMILIES.map((family) => {
    const members = patterns.filter((pattern) => pattern.family === family);
    return `${family}\n${lines(members)}`;
  }).join('\n');
}

function lines(patterns: readonly Pattern[]): string {
  if (patterns.length === 0) return 'No pattern fits.\n';
  const width = Math.max(...patterns.map(({ id }) => id.length)) + 2;
  return patterns
    .map(({ id, intent, scaffold }) => `${scaffold ? '  ' : '· '}${id.padEnd(width)}${intent}\n`)
    .join('');
}

function showText(pattern: Pattern, catalog: Catalog): string {
  const { id, title, family, intent, engines, scaffold, relations, own } = pattern;
  const related = (label: string, ids: readonly string[]) =>
    ids.length > 0 ? [`${label}: ${ids.join(', ')}`] : [];
  const rows = [
    `${title} (${id}, ${family})`,
    intent,
    ...(own === undefined ? [] : [`own template: ${own}`]),
    '',
    ...related('composes with', relations.composesWith),
    ...related('alternative to', relations.alternativeTo),
    ...related('special case of', relations.specialCaseOf),
    ...(scaffold === undefined
      ? ['described only: it cannot be scaffolded yet']
      : [
          `engines: ${engines.map((engine) => catalog.engines.get(engine)?.title ?? engine).join(', ')}`,
          ...scaffold.options.map(
            (option) =>
              `--set ${option.id}=${String(option.default)}  ${option.title}: ${option.description}`,
          ),
        ]),
  ];
  return `${rows.join('\n')}\n`;
}
