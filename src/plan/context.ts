import type { AdapterManifest, EngineManifest, ScaffoldSpec } from '../catalog/types.ts';
import type { NeededImport, WireFacts } from '../wire/types.ts';
import { camelCase, type Names } from './names.ts';
import { renderDeep, renderText } from './render.ts';

/** What an instance template can name: the table in docs/adding-a-pattern.md. */
export interface InstanceContext extends Names {
  readonly engine: { readonly id: string; readonly title: string };
  readonly ports: Readonly<Record<string, PortContext>>;
  readonly options: Readonly<Record<string, string | number | boolean>>;
  readonly wired: boolean;
  readonly wire: WireFacts;
  /** Import statements for the types in `wire`, one per line, naming workspace paths; `renderFile` makes them relative. */
  readonly imports: string;
}

export interface PortContext {
  readonly symbol: string;
  readonly from: string;
  readonly create: string;
}

export interface InstanceFacts {
  readonly names: Names;
  readonly scaffold: Pick<ScaffoldSpec, 'wiring'>;
  readonly engine: Pick<EngineManifest, 'id' | 'title'>;
  /** One per port of the pattern. */
  readonly adapters: readonly Pick<AdapterManifest, 'engine' | 'port' | 'symbol' | 'create'>[];
  readonly options: InstanceContext['options'];
  /** What the recipe learnt; undefined without a target, then the specs' `params.facts` speak alone. */
  readonly wire?: { readonly facts: WireFacts; readonly imports: readonly NeededImport[] };
}

/** Builds the context in which an instance's templates, paths, adapters' `create` and recipes' params are rendered. */
export function instanceContext(facts: InstanceFacts): InstanceContext {
  const named = {
    ...facts.names,
    engine: { id: facts.engine.id, title: facts.engine.title },
    options: facts.options,
    wired: facts.wire !== undefined,
    imports: importLines(facts.wire?.imports ?? []),
  };
  const wire = { ...fallbackFacts(facts.scaffold, named), ...facts.wire?.facts };
  const ports = Object.fromEntries(
    facts.adapters.map((adapter) => [
      camelCase(adapter.port),
      {
        symbol: adapter.symbol,
        from: `./engines/${adapter.engine}/${adapter.port}.js`,
        create: renderText(adapter.create, { ...named, wire }),
      },
    ]),
  );
  return { ...named, wire, ports };
}

/** `params.facts` of the wiring specs: what stands in the instance where no target tells. */
function fallbackFacts(scaffold: Pick<ScaffoldSpec, 'wiring'>, named: object): WireFacts {
  const facts = scaffold.wiring.map(({ params }) => renderDeep(params['facts'] ?? {}, named));
  return Object.assign({}, ...facts) as WireFacts;
}

/** One statement per module for named imports, types and values apart, and one for each other; packages first, then the user's own files. */
export function importLines(imports: readonly NeededImport[]): string {
  const named = new Map<string, Set<string>>();
  const statements = new Map<string, string>();
  for (const { name, from, typeOnly, kind = 'named', as } of imports) {
    const lead = typeOnly ? 'import type' : 'import';
    const key = `${from}\0${lead}`;
    if (kind !== 'named') {
      const clause = kind === 'default' ? name : `* as ${name}`;
      statements.set(`${key} ${clause}`, `${lead} ${clause} from '${from}';`);
      continue;
    }
    const names = named.get(key) ?? new Set();
    names.add(as === undefined || as === name ? name : `${name} as ${as}`);
    named.set(key, names);
    statements.set(key, `${lead} { ${[...names].sort().join(', ')} } from '${from}';`);
  }
  const own = (key: string) => Number(key.startsWith('/'));
  return [...statements]
    .sort(([a], [b]) => own(a) - own(b) || (a < b ? -1 : 1))
    .map(([, statement]) => statement)
    .join('\n');
}
