import { type Node, parseTree, type ParseError, printParseErrorCode } from 'jsonc-parser';
import { isRecordable, parseConfigKey } from './config/config-key.ts';
import { PlanError } from './errors.ts';
import { pathProblem, printable } from './paths.ts';
import {
  type FileRecord,
  type InstanceRecord,
  type Receipt,
  RECEIPT_PATH,
  RECEIPT_VERSION,
} from './receipt.ts';

const MAX_CHARS = 2_000_000;
const MAX_ENTRIES = 20_000;

const WORD = '[a-z0-9][a-z0-9-]{0,79}';
const VERSION = /^\d+\.\d+\.\d+(-[0-9A-Za-z.-]{1,40})?$/;
const INSTANCE_KEY = new RegExp(
  `^(${WORD}/${WORD}) (engine|out|target|uses|version|options\\.\\w{1,60})$`,
);
const UNIT = new RegExp(`^(kernel/${WORD}|engines/${WORD}/${WORD}|patterns/${WORD})$`);
const OWNER = new RegExp(
  `^(kernel/${WORD}|engines/${WORD}/${WORD}|patterns/${WORD}|instances/${WORD}/${WORD})$`,
);
const FILE_VALUE = /^(\S{1,250})@(\S{1,60}) (sha256-[0-9a-f]{64})$/;
/** A name that begins with a hyphen would be an option to a package manager. */
const PACKAGE = /^(@[a-z0-9~][a-z0-9._~-]*\/)?[a-z0-9~][a-z0-9._~-]{0,200}$/;
const RANGE = /^[\w.^~<>=|*: -]{1,100}$/;

/**
 * Reads a receipt. It comes from the workspace and so may hold anything: each entry is checked, paths stay in the workspace,
 * and one that is not understood refuses the whole, for to guess would be to delete or overwrite the wrong file later.
 * @throws PlanError `BAD_RECEIPT`
 */
export function parseReceipt(text: string): Receipt {
  if (text.length > MAX_CHARS) throw refusal(`is larger than ${MAX_CHARS} characters`);
  if (/^(<{7}|>{7}|={7})/m.test(text)) {
    throw refusal(
      'holds the marks of an unfinished merge',
      'Keep the lines of both sides (each line is one entry, commas do not matter), then try again.',
    );
  }
  const errors: ParseError[] = [];
  const root = parseTree(text.replace(/^\uFEFF/, ''), errors, { allowTrailingComma: true });
  // A merge that kept the lines of both sides can lack a comma between them.
  const bad = errors.find(({ error }) => printParseErrorCode(error) !== 'CommaExpected');
  if (bad || root?.type !== 'object') throw refusal('is not a JSON object');
  const found = root.children ?? [];
  checkVersion(found.map(member).find(([name]) => name === 'patternsmith')?.[1]);
  const sections = sorted(found.map(member).filter(([name]) => name !== 'patternsmith'));
  return {
    instances: instances(sections.instances),
    files: new Map([...sections.files].map(fileEntry)),
    dependencies: new Map([...sections.dependencies].map(dependencyEntry)),
    config: new Map([...sections.config].map(configEntry)),
  };
}

type Scalar = string | number | boolean;

function checkVersion(node: Node | undefined): void {
  const version: unknown = node?.value;
  if (version === RECEIPT_VERSION) return;
  if (typeof version === 'number' && version > RECEIPT_VERSION) {
    throw refusal(
      `was written by a newer Patternsmith (form ${version}; this one knows form ${RECEIPT_VERSION})`,
      'Update Patternsmith, then try again.',
    );
  }
  throw refusal('does not say its version ("patternsmith": 1)');
}

function member(property: Node): readonly [name: string, value: Node | undefined] {
  const [key, value] = property.children ?? [];
  return [String(key?.value), value];
}

type Section = (typeof SECTIONS)[number];

/** What an entry looks like, wherever it stands. */
const FORMS: Readonly<Record<Section, (key: string, value: Scalar) => boolean>> = {
  instances: (key) => INSTANCE_KEY.test(key),
  files: (_, value) => FILE_VALUE.test(String(value)),
  dependencies: (key, value) => PACKAGE.test(key) && RANGE.test(String(value)),
  config: (key) => parseConfigKey(key) !== undefined,
};

/**
 * The entries by section. A merge that kept the lines of both sides can have put sections into it twice, and entries behind those of another
 * section: what has the form of another section belongs there. Where a key stands twice the last one counts.
 */
function sorted(
  sections: readonly (readonly [name: string, node: Node | undefined])[],
): Readonly<Record<Section, ReadonlyMap<string, Scalar>>> {
  const found = {
    instances: new Map<string, Scalar>(),
    files: new Map<string, Scalar>(),
    dependencies: new Map<string, Scalar>(),
    config: new Map<string, Scalar>(),
  };
  for (const [name, node] of sections) {
    if (!isSection(name)) throw refusal(`has an unknown section "${printable(name)}"`);
    if (node?.type !== 'object') throw refusal(`has a section "${name}" that is not an object`);
    for (const [key, value] of (node.children ?? []).map(member)) {
      const scalar: unknown = value?.value;
      if (!isScalar(scalar)) throw badEntry(name, key, 'is neither text, number nor true or false');
      const fits = (section: Section): boolean => FORMS[section](key, scalar);
      found[fits(name) ? name : (SECTIONS.find(fits) ?? name)].set(key, scalar);
    }
  }
  for (const name of SECTIONS) {
    if (found[name].size > MAX_ENTRIES)
      throw refusal(`has more than ${MAX_ENTRIES} entries in "${name}"`);
  }
  return found;
}

const SECTIONS = ['instances', 'files', 'dependencies', 'config'] as const;

function isSection(name: string): name is Section {
  return SECTIONS.some((section) => section === name);
}

function isScalar(value: unknown): value is Scalar {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean';
}

function fileEntry([path, value]: [string, Scalar]): [string, FileRecord] {
  const [, owner = '', version = '', hash = ''] = FILE_VALUE.exec(String(value)) ?? [];
  const problem = pathProblem(path);
  if (problem !== undefined || path === '') throw badEntry('files', path, problem ?? 'is no path');
  if (!OWNER.test(owner) || !VERSION.test(version)) {
    throw badEntry('files', path, 'does not say its unit, version and hash');
  }
  return [path, { owner, version, hash }];
}

function dependencyEntry([name, range]: [string, Scalar]): [string, string] {
  if (!PACKAGE.test(name)) throw badEntry('dependencies', name, 'is no package name');
  if (typeof range !== 'string' || !RANGE.test(range)) {
    throw badEntry('dependencies', name, 'has no version range');
  }
  return [name, range];
}

function configEntry([id, value]: [string, Scalar]): [string, string] {
  const key = parseConfigKey(id);
  if (key === undefined) throw badEntry('config', id, 'is not "kind name file"');
  if (typeof value !== 'string' || !isRecordable(key, value)) {
    throw badEntry('config', id, 'does not hold what was put in');
  }
  return [id, value];
}

function instances(lines: ReadonlyMap<string, Scalar>): ReadonlyMap<string, InstanceRecord> {
  const fields = new Map<string, Map<string, Scalar>>();
  for (const [key, value] of lines) {
    const [, instance, field] = INSTANCE_KEY.exec(key) ?? [];
    if (instance === undefined || field === undefined) {
      throw badEntry('instances', key, 'is not "pattern/name field"');
    }
    const known = fields.get(instance) ?? new Map<string, Scalar>();
    fields.set(instance, known.set(field, value));
  }
  return new Map([...fields].map(([instance, values]) => [instance, instanceOf(instance, values)]));
}

function instanceOf(instance: string, fields: ReadonlyMap<string, Scalar>): InstanceRecord {
  const check = (field: string, holds: (value: string) => boolean): string => {
    const value = fields.get(field);
    if (typeof value === 'string' && holds(value)) return value;
    throw badEntry('instances', `${instance} ${field}`, 'is missing or not what it should be');
  };
  const isPath = (value: string): boolean => pathProblem(value) === undefined;
  const uses = check('uses', (value) => value.split(' ').every((unit) => UNIT.test(unit)));
  return {
    version: check('version', (value) => VERSION.test(value)),
    engine: check('engine', (value) => new RegExp(`^${WORD}$`).test(value)),
    out: check('out', isPath),
    target: fields.has('target')
      ? check('target', (value) => isPath(value.replace(/:[^:/]*$/, '')))
      : undefined,
    options: Object.fromEntries(
      [...fields]
        .filter(([field]) => field.startsWith('options.'))
        .map(([field, value]) => [field.slice('options.'.length), value]),
    ),
    uses: uses.split(' '),
  };
}

function badEntry(section: string, key: string, why: string): PlanError {
  return refusal(`cannot be trusted: "${printable(key)}" in "${section}" ${why}`);
}

function refusal(why: string, hint?: string): PlanError {
  return new PlanError(
    'BAD_RECEIPT',
    `${RECEIPT_PATH} ${why}. Nothing was written.`,
    hint ??
      'Restore the file from version control. If it is lost, delete it: files that were generated before then count as your own.',
  );
}
