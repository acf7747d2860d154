import type { Catalog, Pattern } from '../catalog/types.ts';
import type { EngineRow, PageData, Relation } from './protocol.ts';

/** Puts together what the page shows of one pattern. `demo` is the webview URI of its bundle. */
export function pageData(
  catalog: Catalog,
  pattern: Pattern,
  explanation: {
    readonly markdown: string;
    readonly demo?: string | undefined;
    readonly target?: string | undefined;
  },
): PageData {
  return {
    id: pattern.id,
    title: pattern.title,
    family: pattern.family,
    intent: pattern.intent,
    markdown: explanation.markdown,
    ...(explanation.demo === undefined ? {} : { demo: explanation.demo }),
    ...(explanation.target === undefined ? {} : { target: explanation.target }),
    engines: pattern.engines.flatMap((id) => engineRow(catalog, pattern, id)),
    relations: relations(catalog, pattern),
    scaffold: pattern.scaffold !== undefined,
  };
}

/** The facts of the engine's adapters for the pattern's ports, in one row. */
function engineRow(catalog: Catalog, pattern: Pattern, id: string): readonly EngineRow[] {
  const engine = catalog.engines.get(id);
  if (!engine) return [];
  const adapters = (pattern.scaffold?.ports ?? []).map((port) =>
    catalog.adapters.get(`${id}/${port}`),
  );
  const facts: Record<string, string> = Object.assign({}, ...adapters.map((it) => it?.facts ?? {}));
  return [{ id, title: engine.title, embedded: engine.embedded, facts }];
}

function relations(catalog: Catalog, pattern: Pattern): readonly Relation[] {
  return (['composesWith', 'alternativeTo', 'specialCaseOf'] as const).flatMap((kind) =>
    pattern.relations[kind].flatMap((id) => {
      const other = catalog.patterns.get(id);
      return other ? [{ kind, id, title: other.title }] : [];
    }),
  );
}
