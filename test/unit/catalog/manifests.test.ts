import { deepEqual, equal } from 'node:assert/strict';
import { join } from 'node:path';
import { checkCatalog } from '../../../src/catalog/check.ts';
import { loadCatalog } from '../../../src/catalog/load.ts';
import { manifestValidator } from '../../../src/catalog/validate.ts';
import * as schemas from './schemas.ts';

const templates = join(import.meta.dirname, '../../../templates');

/** docs/architecture.md, section 6. */
const IDS = {
  messaging:
    'async-request-reply claim-check choreography competing-consumers pipes-and-filters priority-queue publisher-subscriber queue-based-load-leveling ' +
    'scheduler-agent-supervisor sequential-convoy',
  data: 'cache-aside cqrs event-sourcing index-table materialized-view sharding static-content-hosting valet-key',
  design:
    'ambassador anti-corruption-layer backend-for-frontend compute-resource-consolidation external-configuration-store gateway-aggregation ' +
    'gateway-offloading gateway-routing leader-election sidecar strangler-fig containerization-and-orchestration serverless',
};

describe('the manifests that come with the product', () => {
  it('pass their schemas', async () => {
    await loadCatalog(templates, { validate: manifestValidator() });
  });

  it('name only what exists', async () => {
    deepEqual(checkCatalog(await loadCatalog(templates)), []);
  });

  for (const [family, ids] of Object.entries(IDS)) {
    it(`describe each pattern of the ${family} family`, async () => {
      const { patterns } = await loadCatalog(templates);
      const found = [...patterns.values()].filter((pattern) => pattern.family === family);
      deepEqual(found.map(({ id }) => id).sort(), ids.split(' ').sort());
    });
  }

  it('weigh alternatives both ways', async () => {
    const { patterns } = await loadCatalog(templates);
    for (const { id, relations } of patterns.values()) {
      for (const other of relations.alternativeTo) {
        const back = patterns.get(other)?.relations.alternativeTo.includes(id);
        equal(back, true, `${id} names ${other} as an alternative, ${other} does not name ${id}`);
      }
    }
  });
});

describe('the schemas', () => {
  it('describe every field and let no unknown one pass', () => {
    for (const [name, schema] of Object.entries(schemas)) {
      for (const [path, node] of objects(schema, name)) {
        for (const [field, value] of Object.entries(node.properties ?? {})) {
          const described = 'description' in value || '$ref' in value;
          equal(described, true, `${path}.${field} has no description`);
        }
        if (node.properties && !path.endsWith('.params')) {
          equal(node.additionalProperties, false, `${path} allows unknown fields`);
        }
      }
    }
  });
});

interface SchemaNode {
  readonly type?: unknown;
  readonly properties?: Readonly<Record<string, object>>;
  readonly additionalProperties?: unknown;
}

/** Every node of a schema that says what fields an object has. */
function objects(node: unknown, path: string): [string, SchemaNode][] {
  if (typeof node !== 'object' || node === null) return [];
  const below = Object.entries(node)
    // A condition repeats fields that are described above it.
    .filter(([key]) => key !== 'if' && key !== 'then')
    .flatMap(([key, value]) => objects(value, `${path}.${key}`));
  return (node as SchemaNode).type === 'object' ? [[path, node as SchemaNode], ...below] : below;
}
