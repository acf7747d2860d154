/**
 * Checks manifests against their JSON Schemas. For tests and for templates that did not come with the product; loaded only there.
 */
import { Ajv, type ErrorObject } from 'ajv';
import adapter from './schema/adapter.schema.json' with { type: 'json' };
import common from './schema/common.schema.json' with { type: 'json' };
import engine from './schema/engine.schema.json' with { type: 'json' };
import module from './schema/module.schema.json' with { type: 'json' };
import pattern from './schema/pattern.schema.json' with { type: 'json' };
import type { Problem } from './errors.ts';
import type { ManifestKind } from './load.ts';

/** Returns a function that tells everything that is wrong with the shape of a manifest. */
export function manifestValidator(): (kind: ManifestKind, manifest: unknown) => readonly Problem[] {
  const ajv = new Ajv({ allErrors: true, allowUnionTypes: true, schemas: [common] });
  const checks = {
    pattern: ajv.compile(pattern),
    module: ajv.compile(module),
    engine: ajv.compile(engine),
    adapter: ajv.compile(adapter),
  };
  return (kind, manifest) => {
    const check = checks[kind];
    // `if` only repeats what the schema under it has said.
    return check(manifest)
      ? []
      : (check.errors ?? []).filter(({ keyword }) => keyword !== 'if').map(problem);
  };
}

function problem(error: ErrorObject): Problem {
  const path = jsonPath(error.instancePath);
  const params = error.params as Readonly<Record<string, unknown>>;
  switch (error.keyword) {
    case 'additionalProperties':
      return { path, message: `unknown field "${String(params['additionalProperty'])}"` };
    case 'required':
      return { path, message: `"${String(params['missingProperty'])}" is missing` };
    case 'enum':
      return {
        path,
        message: `must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`,
      };
    default:
      return { path, message: error.message ?? error.keyword };
  }
}

/** `/scaffold/files/2/role` -> `scaffold.files[2].role` */
function jsonPath(pointer: string): string {
  return pointer
    .split('/')
    .slice(1)
    .map((key) => key.replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce(
      (path, key) => (/^\d+$/.test(key) ? `${path}[${key}]` : path ? `${path}.${key}` : key),
      '',
    );
}
