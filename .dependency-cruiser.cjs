/** Who may import whom: docs/architecture.md, section 5. */
const only = (name, to, from, comment) => ({
  name,
  comment,
  severity: 'error',
  from: { path: '^src/', pathNot: from },
  to: { path: to },
});
/** Files of `from` may import, besides their own folder, only what matches `allowed` (and Node's own modules and packages). */
const folder = (from, allowed) => ({
  name: `${from}-imports`,
  comment: `src/${from} may import ${allowed.join(', ') || 'no other folder of src'}`,
  severity: 'error',
  from: { path: `^src/${from}/` },
  to: { path: '^src/', pathNot: [`^src/${from}/`, ...allowed.map((a) => `^src/${a}`)] },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'no-unresolvable',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '^(vscode|#rendered/)' },
    },
    only(
      'vscode-only-in-editor',
      '^(@types/)?vscode$|node_modules/@types/vscode',
      '^src/(editor/|extension\\.ts)',
    ),
    only('ts-morph-only-in-wire-source', 'node_modules/ts-morph', '^src/wire/source\\.ts'),
    only('handlebars-only-in-render', 'node_modules/handlebars', '^src/plan/render'),
    folder('catalog', []),
    folder('project', []),
    folder('wire', ['project/types', 'project/style']),
    folder('plan', ['wire/', 'project/', 'catalog/']),
    folder('demo', []),
    folder('page', ['demo/', 'catalog/types']),
    {
      name: 'editor-sees-the-page-s-protocol-only',
      comment: 'The page runs in the browser; the host shares its messages, document and data.',
      severity: 'error',
      from: { path: '^src/editor/' },
      to: { path: '^src/page/', pathNot: '^src/page/(protocol|html|page-data)\\.ts$' },
    },
    {
      name: 'page-has-no-node',
      severity: 'error',
      from: { path: '^src/page/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'demo-has-no-node',
      severity: 'error',
      from: { path: '^src/demo/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'engine-is-loaded-lazily',
      comment:
        'The extension reaches the engine by type and through src/editor/engine.ts only, so that start-up stays small.',
      severity: 'error',
      from: { path: '^src/(editor/|extension\\.ts)' },
      to: {
        path: '^src/(plan|wire|project|catalog)/',
        pathNot: 'types\\.ts$',
        dependencyTypesNot: ['type-only'],
      },
    },
  ],
  options: {
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    doNotFollow: { path: 'node_modules' },
    enhancedResolveOptions: {
      extensions: ['.ts', '.js', '.json'],
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'types', 'default'],
    },
  },
};
