import { posix } from 'node:path';
import type { ProjectFiles, ProjectProfile } from '../../project/types.ts';
import type { Ledger } from '../bookkeeping.ts';
import { EditedText } from '../edited-text.ts';
import { declareScript, emptySections, scriptIn, undeclare } from '../package-json.ts';
import { fileOf } from '../reconcile.ts';
import type { PlannedFile, PlannedWiring } from '../types.ts';
import { type ConfigKey, configKey, emptiedSections, isRecordable } from './config-key.ts';
import type { Script } from './entries.ts';
import { hasVariable } from './env-file.ts';
import { type Insertion, recordedText, takenOut } from './insertion.ts';

export interface ConfigTools {
  readonly files: ProjectFiles;
  readonly ledger: Ledger;
  readonly profile: ProjectProfile;
}

/** Most projects have no Compose file, and the parser takes 9 ms to load. */
export const composeFiles = () => import('./compose-file.ts');

/** The files of the project's configuration while they are edited, and what the receipt will say of them. Names are relative to the package. */
export class ConfigDraft {
  readonly wiring: PlannedWiring[] = [];
  readonly warnings: string[] = [];
  readonly records: Record<string, string | undefined> = {};
  readonly #tools: ConfigTools;
  readonly #packageJson: EditedText;
  readonly #texts = new Map<string, EditedText>();

  /** @param packageJson edited by others too: it is not among the draft's files */
  constructor(tools: ConfigTools, packageJson: EditedText) {
    this.#tools = tools;
    this.#packageJson = packageJson;
  }

  get files(): readonly PlannedFile[] {
    return [...this.#texts].map(([name, edited]) => fileOf(this.#path(name), edited));
  }

  /** The first of some files that there is. */
  async firstOf(names: readonly string[]): Promise<string | undefined> {
    for (const name of names) if (await this.#open(name)) return name;
    return undefined;
  }

  /** What was put in before and is not there any more was taken out by the user: it is not put in again. */
  async add(key: ConfigKey, insert: (text: string) => Insertion): Promise<void> {
    const edited = await this.#open(key.file);
    if (edited === undefined || this.#isRecorded(key)) return;
    const outcome = insert(edited.text);
    if (outcome.status === 'wired') {
      edited.apply([outcome.edit]);
      this.records[configKey(key)] = recordedText(outcome.edit);
    }
    this.#tell(key, outcome);
  }

  addScript({ name, command }: Script): void {
    const key: ConfigKey = { kind: 'script', name, file: 'package.json' };
    if (this.#isRecorded(key)) return;
    const present = scriptIn(this.#packageJson.text, name);
    if (present === undefined && isRecordable(key, command)) {
      declareScript(this.#packageJson, name, command);
      this.records[configKey(key)] = command;
      this.#tell(key, { status: 'wired' });
    } else if (present === command) {
      this.#tell(key, { status: 'already' });
    } else {
      const snippet = `${JSON.stringify(name)}: ${JSON.stringify(command)}`;
      const reason =
        present === undefined
          ? 'the name of the script has a space, or it is too long'
          : `the script ${name} does something else`;
      this.#tell(key, { status: 'manual', reason, snippet, line: 1 });
    }
  }

  /** Takes out what was put in; what was changed since stays. */
  async takeOut(key: ConfigKey, recorded: string): Promise<void> {
    this.records[configKey(key)] = undefined;
    const edited = key.kind === 'script' ? this.#packageJson : await this.#open(key.file);
    if (edited === undefined || !(await isThere(key, edited.text))) return;
    const isOut =
      key.kind === 'script'
        ? this.#takeScript(key, recorded)
        : await takeLines(edited, key, recorded);
    if (isOut) {
      this.wiring.push({ file: this.#path(key.file), status: 'unwired', summary: told(key) });
    } else {
      this.warnings.push(`${this.#path(key.file)}: ${told(key)} was changed by hand and stays.`);
    }
  }

  /** Notes the sections of package.json that were empty and no longer are, and forgets those that are again. */
  recordSections(): void {
    const keyOf = (name: string): string =>
      configKey({ kind: 'section', name, file: 'package.json' });
    const before = emptySections(this.#packageJson.original);
    const after = emptySections(this.#packageJson.text);
    for (const [section, text] of before) {
      if (!after.has(section)) this.records[keyOf(section)] = text;
    }
    for (const section of emptiedSections(this.#tools.ledger.receipt.config).keys()) {
      if (after.has(section)) this.records[keyOf(section)] = undefined;
    }
  }

  #takeScript({ name }: ConfigKey, command: string): boolean {
    if (scriptIn(this.#packageJson.text, name) !== command) return false;
    const empty = emptiedSections(this.#tools.ledger.receipt.config);
    undeclare(this.#packageJson, [name], empty, ['scripts']);
    return true;
  }

  #tell(key: ConfigKey, outcome: Insertion | { readonly status: 'wired' }): void {
    const file = this.#path(key.file);
    if (outcome.status === 'manual') this.wiring.push({ file, ...outcome });
    else if (outcome.status === 'already')
      this.wiring.push({ file, status: 'already', summary: told(key) });
    else {
      const notes = 'notes' in outcome && outcome.notes?.length ? { notes: outcome.notes } : {};
      this.wiring.push({ file, status: 'wired', summary: told(key), ...notes });
    }
  }

  #isRecorded(key: ConfigKey): boolean {
    const id = configKey(key);
    return this.#tools.ledger.receipt.config.has(id) || this.records[id] !== undefined;
  }

  async #open(name: string): Promise<EditedText | undefined> {
    const known = this.#texts.get(name);
    if (known) return known;
    const text = await this.#tools.files.read(this.#path(name));
    if (text === undefined) return undefined;
    const edited = new EditedText(text);
    this.#texts.set(name, edited);
    return edited;
  }

  #path(name: string): string {
    return posix.join(this.#tools.profile.packageDir, name);
  }
}

async function takeLines(
  edited: EditedText,
  { kind, name }: ConfigKey,
  recorded: string,
): Promise<boolean> {
  const edit = takenOut(edited.text, recorded);
  if (edit === undefined) return false;
  const after = edited.text.slice(0, edit.start) + edited.text.slice(edit.end);
  // Lines that were added to the service would become another's.
  if (kind === 'service' && !(await composeFiles()).isWithout(edited.text, after, name))
    return false;
  edited.apply([edit]);
  return true;
}

async function isThere({ kind, name }: ConfigKey, text: string): Promise<boolean> {
  switch (kind) {
    case 'env':
      return hasVariable(text, name);
    case 'service':
      return (await composeFiles()).hasServiceNamed(text, name);
    case 'script':
      return scriptIn(text, name) !== undefined;
    case 'section':
      return false;
  }
}

const KINDS = { env: 'the variable', service: 'the service', script: 'the script', section: '' };

function told({ kind, name }: ConfigKey): string {
  return `${KINDS[kind]} ${name}`;
}
