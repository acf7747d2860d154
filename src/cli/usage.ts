import { parseArgs } from 'node:util';
import { UsageError } from './errors.ts';

const OPTIONS = {
  name: { type: 'string' },
  engine: { type: 'string' },
  target: { type: 'string' },
  out: { type: 'string' },
  set: { type: 'string', multiple: true },
  seed: { type: 'string' },
  cwd: { type: 'string' },
  'no-own-templates': { type: 'boolean' },
  conflicts: { type: 'string' },
  'dry-run': { type: 'boolean' },
  yes: { type: 'boolean', short: 'y' },
  json: { type: 'boolean' },
  help: { type: 'boolean', short: 'h' },
  version: { type: 'boolean' },
} as const;

type Option = keyof typeof OPTIONS;

export interface Arguments {
  readonly command: string | undefined;
  /** What follows the command. */
  readonly words: readonly string[];
  readonly name: string | undefined;
  readonly engine: string | undefined;
  readonly target: string | undefined;
  readonly out: string | undefined;
  readonly seed: string | undefined;
  readonly cwd: string | undefined;
  /** `--set`, by key; the last of one key counts. */
  readonly set: Readonly<Record<string, string>>;
  /** Unless `--no-own-templates` says otherwise. */
  readonly ownTemplates: boolean;
  /** What an update does with a file that both sides changed in the same place. */
  readonly conflicts: 'stop' | 'markers';
  readonly dryRun: boolean;
  readonly yes: boolean;
  readonly json: boolean;
  readonly help: boolean;
  readonly version: boolean;
}

interface Command {
  readonly usage: string;
  readonly summary: string;
  /** How many words follow it, at least and at most. */
  readonly words: readonly [number, number];
  readonly options: readonly (readonly [Option, help: string])[];
}

const JSON_OPTION = ['json', '--json           the result, or the error, as JSON'] as const;
const CWD_OPTION = ['cwd', '--cwd DIR        the project; default: where you are'] as const;
const OWN_OPTION = [
  'no-own-templates',
  '--no-own-templates  leaves .patternsmith/templates of the project out',
] as const;

const YES_OPTION = ['yes', '-y, --yes        on a terminal: write without asking'] as const;
const LIFECYCLE_OPTIONS = [
  CWD_OPTION,
  OWN_OPTION,
  ['dry-run', '--dry-run        shows what would change, as a diff; writes nothing'],
  YES_OPTION,
  JSON_OPTION,
] as const;
const CONFLICTS_OPTION = [
  'conflicts',
  '--conflicts markers  writes conflict markers where both sides changed; default: stop',
] as const;

const SCAFFOLD_OPTIONS = [
  ['name', '--name NAME      what the instance is called, for example order-email'],
  ['engine', '--engine ENGINE  default: the embedded one, which needs no server'],
  ['target', '--target TARGET  what to wire: FILE, FILE:function or FILE:Class.method'],
  ['out', '--out DIR        where the code goes; default: patterns/ in the source folder'],
  ['set', '--set KEY=VALUE  an option of the pattern; may be repeated'],
  CWD_OPTION,
  OWN_OPTION,
] as const;

export const COMMANDS: Readonly<Record<string, Command>> = {
  list: {
    usage: 'list',
    summary: 'all patterns',
    words: [0, 0],
    options: [CWD_OPTION, OWN_OPTION, JSON_OPTION],
  },
  search: {
    usage: 'search WORDS',
    summary: 'patterns that fit the words, best first',
    words: [1, 50],
    options: [CWD_OPTION, OWN_OPTION, JSON_OPTION],
  },
  show: {
    usage: 'show ID',
    summary: 'what a pattern is for, its engines and its options',
    words: [1, 1],
    options: [CWD_OPTION, OWN_OPTION, JSON_OPTION],
  },
  plan: {
    usage: 'plan ID',
    summary: 'what add would write, as a diff; writes nothing',
    words: [1, 1],
    options: [...SCAFFOLD_OPTIONS, JSON_OPTION],
  },
  add: {
    usage: 'add ID',
    summary: 'generates a pattern into the project and wires it',
    words: [1, 1],
    options: [...SCAFFOLD_OPTIONS, YES_OPTION, JSON_OPTION],
  },
  status: {
    usage: 'status [INSTANCE]',
    summary: 'what became of the instances: clean, modified, missing, update available',
    words: [0, 1],
    options: [CWD_OPTION, OWN_OPTION, JSON_OPTION],
  },
  update: {
    usage: 'update [INSTANCE]',
    summary:
      'brings instances to the newest templates and merges what you changed; all without INSTANCE',
    words: [0, 1],
    options: [CONFLICTS_OPTION, ...LIFECYCLE_OPTIONS],
  },
  switch: {
    usage: 'switch [INSTANCE]',
    summary: 'moves an instance to another engine',
    words: [0, 1],
    options: [
      ['engine', '--engine ENGINE  the engine to move to'],
      CONFLICTS_OPTION,
      ...LIFECYCLE_OPTIONS,
    ],
  },
  remove: {
    usage: 'remove [INSTANCE]',
    summary: 'unwires an instance and deletes what nothing else needs and nobody changed',
    words: [0, 1],
    options: LIFECYCLE_OPTIONS,
  },
  eject: {
    usage: 'eject ID',
    summary: 'copies a pattern into .patternsmith/templates, to change what it generates',
    words: [1, 1],
    options: [CWD_OPTION, YES_OPTION, JSON_OPTION],
  },
  demo: {
    usage: 'demo ID',
    summary: "runs a pattern's demo: the same load with it and without",
    words: [1, 1],
    options: [
      ['set', '--set KNOB=VALUE  a knob of the demo; may be repeated'],
      CWD_OPTION,
      OWN_OPTION,
      ['seed', '--seed N          another random load; the same seed gives the same numbers'],
      ['json', '--json            the result, or the error, as JSON'],
    ],
  },
};

const COMMON: readonly Option[] = ['json', 'help', 'version'];

/** @throws UsageError */
export function readArguments(argv: readonly string[]): Arguments {
  const { values, positionals } = parsed(argv);
  const [command, ...words] = positionals;
  const result: Arguments = {
    command,
    words,
    name: values.name,
    engine: values.engine,
    target: values.target,
    out: values.out,
    seed: values.seed,
    cwd: values.cwd,
    set: Object.fromEntries((values.set ?? []).map(assignment)),
    ownTemplates: !(values['no-own-templates'] ?? false),
    conflicts: conflictsOf(values.conflicts),
    dryRun: values['dry-run'] ?? false,
    yes: values.yes ?? false,
    json: values.json ?? false,
    help: values.help ?? false,
    version: values.version ?? false,
  };
  if (command !== undefined && !result.help) check(command, words, Object.keys(values));
  return result;
}

function parsed(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], allowPositionals: true, strict: true, options: OPTIONS });
  } catch (error) {
    const [message] = (error as Error).message.split(/\.(?= |\n|$)/);
    throw new UsageError(`${message}.`, 'See "patternsmith --help".');
  }
}

function conflictsOf(value: string | undefined): Arguments['conflicts'] {
  if (value === undefined || value === 'stop' || value === 'markers') return value ?? 'stop';
  throw new UsageError(`--conflicts cannot be "${value}".`, 'Write --conflicts markers.', [
    'stop',
    'markers',
  ]);
}

function assignment(text: string): readonly [string, string] {
  const at = text.indexOf('=');
  if (at > 0) return [text.slice(0, at), text.slice(at + 1)];
  throw new UsageError(`--set "${text}" has no value.`, 'Write --set key=value.');
}

function check(command: string, words: readonly string[], given: readonly string[]): void {
  const known = Object.hasOwn(COMMANDS, command) ? COMMANDS[command] : undefined;
  if (known === undefined) {
    throw new UsageError(
      `There is no command "${command}".`,
      'See "patternsmith --help".',
      Object.keys(COMMANDS),
    );
  }
  const [least, most] = known.words;
  if (words.length < least || words.length > most) {
    throw new UsageError(
      words.length < least
        ? `"${command}" needs ${known.usage.slice(command.length + 1)}.`
        : `"${words[most]}" is too much.`,
      `Write "patternsmith ${known.usage}".`,
    );
  }
  const allowed = [...COMMON, ...known.options.map(([option]) => option)] as readonly string[];
  const odd = given.find((option) => !allowed.includes(option));
  if (odd !== undefined) {
    throw new UsageError(
      `"${command}" has no option --${odd}.`,
      `See "patternsmith ${command} --help".`,
    );
  }
}

/** The text of `--help`, for a command or for all. */
export function helpText(command: string | undefined): string {
  const known = command !== undefined && Object.hasOwn(COMMANDS, command) && COMMANDS[command];
  if (known) {
    const options = known.options.map(([, help]) => `  ${help}`).join('\n');
    return `patternsmith ${known.usage} [options]\n\n${known.summary}\n\n${options}\n`;
  }
  const list = Object.values(COMMANDS)
    .map(({ usage, summary }) => `  ${usage.padEnd(20)}${summary}`)
    .join('\n');
  return `patternsmith COMMAND [options]

Cloud and distributed-system patterns as code you own.

${list}

patternsmith COMMAND --help tells a command's options.

Exit codes: 0 done, or nothing to do; 2 bad usage or input; 3 conflict, nothing written;
4 written, but a wiring step is left to do by hand; 130 cancelled, nothing written.
`;
}
