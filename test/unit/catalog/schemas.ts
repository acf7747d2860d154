export { default as adapter } from '../../../src/catalog/schema/adapter.schema.json' with { type: 'json' };
export { default as common } from '../../../src/catalog/schema/common.schema.json' with { type: 'json' };
export { default as engine } from '../../../src/catalog/schema/engine.schema.json' with { type: 'json' };
export { default as module } from '../../../src/catalog/schema/module.schema.json' with { type: 'json' };
export { default as pattern } from '../../../src/catalog/schema/pattern.schema.json' with { type: 'json' };
