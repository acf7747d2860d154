import { posix } from 'node:path';
import type { EditedText } from '../edited-text.ts';
import { noteWarnings } from '../notes.ts';
import type { PlannedFile, PlannedWiring } from '../types.ts';
import { CONFIG_FILES, parseConfigKey } from './config-key.ts';
import { composeFiles, ConfigDraft, type ConfigTools } from './draft.ts';
import type { ConfigEntries } from './entries.ts';
import { addVariable } from './env-file.ts';

export interface ConfigRequest {
  /** Put in where the project has a file for it. */
  readonly add: ConfigEntries;
  /** What instances want afterwards: of what is recorded, the rest goes. Undefined: nothing goes. */
  readonly keep: ConfigEntries | undefined;
  /** package.json with its dependencies as they will be; its scripts are edited here. */
  readonly packageJson: EditedText;
}

export interface ConfigPlan {
  /** Without package.json. */
  readonly files: readonly PlannedFile[];
  readonly wiring: readonly PlannedWiring[];
  /** For the receipt. */
  readonly records: Readonly<Record<string, string | undefined>>;
  readonly warnings: readonly string[];
}

/**
 * Entries in the project's configuration: variables in `.env.example`, services in the Compose file, scripts in package.json. No such file is
 * created: who has none wants none.
 */
export async function planConfig(
  { add, keep, packageJson }: ConfigRequest,
  tools: ConfigTools,
): Promise<ConfigPlan> {
  const draft = new ConfigDraft(tools, packageJson);
  if (keep !== undefined) await takeOutUnused(draft, keep, tools);
  const envFile = await draft.firstOf(CONFIG_FILES.env);
  for (const variable of envFile === undefined ? [] : add.variables) {
    const key = { kind: 'env', name: variable.name, file: envFile! } as const;
    await draft.add(key, (text) => addVariable(text, variable));
  }
  const composeFile = await draft.firstOf(CONFIG_FILES.service);
  if (composeFile !== undefined && add.services.length > 0) {
    const { addService } = await composeFiles();
    for (const service of add.services) {
      const key = { kind: 'service', name: service.name, file: composeFile } as const;
      await draft.add(key, (text) => addService(text, service));
    }
  }
  for (const script of add.scripts) draft.addScript(script);
  draft.recordSections();
  const above = composeFile === undefined ? await servicesAbove(add, tools) : [];
  const { files, wiring, records, warnings } = draft;
  return { files, wiring, records, warnings: [...warnings, ...above] };
}

async function takeOutUnused(
  draft: ConfigDraft,
  { variables, services, scripts }: ConfigEntries,
  { ledger }: ConfigTools,
): Promise<void> {
  const kept = new Set([
    ...variables.map(({ name }) => `env ${name}`),
    ...services.map(({ name }) => `service ${name}`),
    ...scripts.map(({ name }) => `script ${name}`),
  ]);
  for (const [id, recorded] of ledger.receipt.config) {
    const key = parseConfigKey(id);
    if (key === undefined || key.kind === 'section' || kept.has(`${key.kind} ${key.name}`))
      continue;
    await draft.takeOut(key, recorded);
  }
}

/** A monorepo's Compose file serves all its packages, each with a receipt of its own: it is left to the user. */
async function servicesAbove(
  { services }: ConfigEntries,
  { files, profile: { packageDir, workspaceDir } }: ConfigTools,
): Promise<readonly string[]> {
  if (workspaceDir === packageDir || services.length === 0) return [];
  for (const name of CONFIG_FILES.service) {
    const path = posix.join(workspaceDir, name);
    const text = await files.read(path);
    if (text === undefined) continue;
    const { addService } = await composeFiles();
    return services.flatMap((service) => {
      const outcome = addService(text, service);
      if (outcome.status === 'already') return [];
      if (outcome.status === 'manual') {
        const { line, reason, snippet } = outcome;
        return [
          `${path}:${line}, above the package: ${reason}; ${service.name} is needed as in:\n${snippet}`,
        ];
      }
      const { edit, notes = [] } = outcome;
      const line = text.slice(0, edit.start).replace(/\n$/, '').split('\n').length;
      const block = edit.text.replaceAll('\r', '').replace(/^\n+/, '').trimEnd();
      return [
        `${path}:${line}, above the package: there is no service ${service.name}; add below this line:\n${block}`,
        ...noteWarnings({ file: path, status: 'manual', notes }),
      ];
    });
  }
  return [];
}
