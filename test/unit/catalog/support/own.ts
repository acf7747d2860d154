import { deepEqual, match, rejects } from 'node:assert/strict';
import type { PlanError } from '../../../../src/plan/errors.ts';
import type { Texts } from '../../plan/support/disk.ts';

/** A pattern that a team keeps beside its code, over the small catalogue: it wraps what loads, by a recipe that there is. */
export const AUDIT = {
  id: 'audit-log',
  title: 'Audit log',
  family: 'design',
  version: '0.1.0',
  intent: 'Writes down who asked for what.',
  keywords: ['audit', 'trail', 'compliance'],
  relations: { composesWith: ['sample'], alternativeTo: [], specialCaseOf: [] },
  scaffold: {
    defaultName: 'orders',
    options: [
      { id: 'days', title: 'Days', description: 'How long.', type: 'integer', default: 30 },
    ],
    requires: ['label'],
    ports: ['box'],
    wiring: [
      {
        recipe: 'wrap-loader',
        on: 'target',
        title: 'Write down calls of {{symbol}}',
        params: { facts: { keyType: 'string', valueType: 'unknown' } },
      },
    ],
    hover: [{ imports: [], names: ['auditLog'], text: 'Writes down.' }],
    files: [
      { template: 'src/audit-log.ts.hbs', path: 'audit-log/audit-log.ts', role: 'source' },
      { template: 'instance/audit.ts.hbs', path: '{{kebab}}-audit.ts', role: 'instance' },
    ],
  },
};

export const SOURCE = `import { label } from '../kernel/label.js';

export const auditLog = (name: string): string => label('audit', name);
`;

export const INSTANCE = `{{#if imports}}
{{imports}}
{{/if}}
import { auditLog } from './audit-log/audit-log.js';

/** Kept for {{options.days}} days. */
export const create{{pascal}}Cache = (
  load: (key: {{wire.keyType}}) => Promise<{{wire.valueType}} | undefined>,
) => ({ name: auditLog('{{kebab}}'), get: load });
`;

/** The pattern's files below `.patternsmith/templates/`, those of `changed` instead of its own. */
export function auditLog(manifest: unknown = AUDIT, changed: Texts = {}): Texts {
  const files = {
    'pattern.json': manifest as object,
    'page.md': '## Use it when\n\n- somebody asks\n',
    'src/audit-log.ts.hbs': SOURCE,
    'instance/audit.ts.hbs': INSTANCE,
    ...changed,
  };
  return ownFiles('patterns/audit-log', files);
}

export function ownFiles(folder: string, files: Texts): Texts {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      `.patternsmith/templates/${folder}/${path}`,
      text,
    ]),
  );
}

export const scaffoldWith = (changed: object) => ({
  ...AUDIT,
  scaffold: { ...AUDIT.scaffold, ...changed },
});

export async function refusedWith(
  load: () => Promise<unknown>,
  message: RegExp,
): Promise<PlanError> {
  let refusal: PlanError | undefined;
  await rejects(load, (error: PlanError) => {
    refusal = error;
    deepEqual(
      [error.name, error.code, error.exitCode],
      ['PlanError', 'BAD_TEMPLATE', 2],
      String(error.stack),
    );
    match([error.message, ...error.choices].join('\n'), message);
    match(
      error.message,
      /^An own template cannot be used: \.patternsmith\/templates.* Nothing was written\.$/,
    );
    match(error.hint, /--no-own-templates/);
    return true;
  });
  return refusal!;
}
