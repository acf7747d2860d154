/**
 * The ids that `package.json` contributes, and the types of what the commands take.
 * A test compares this file with the manifest, in both directions.
 */

export const commandIds = {
  scaffold: 'patternsmith.scaffold',
  scaffoldHere: 'patternsmith.scaffoldHere',
  openPage: 'patternsmith.openPage',
  applyPreview: 'patternsmith.applyPreview',
  cancelPreview: 'patternsmith.cancelPreview',
  undoScaffold: 'patternsmith.undoScaffold',
  status: 'patternsmith.status',
  update: 'patternsmith.update',
  remove: 'patternsmith.remove',
  switchEngine: 'patternsmith.switchEngine',
  compare: 'patternsmith.compare',
  eject: 'patternsmith.eject',
  showLog: 'patternsmith.showLog',
} as const;

export type CommandId = (typeof commandIds)[keyof typeof commandIds];

/** The only commands that a link in a hover may run. */
export const hoverCommands: readonly CommandId[] = [commandIds.openPage, commandIds.scaffold];

export const viewIds = {
  patterns: 'patternsmith.patterns',
  instances: 'patternsmith.instances',
} as const;

/** Type of the page's webview panel; also its activation event. */
export const pageViewType = 'patternsmith.page';

export const settingsSection = 'patternsmith';
export const settingIds = {
  hover: 'hover.enabled',
  codeActions: 'codeActions.enabled',
  codeLens: 'codeLens.enabled',
} as const;

export const contextKeys = {
  /** A preview waits for Apply or Cancel. */
  previewing: 'patternsmith.previewing',
  /** The last scaffold of this session can be taken back. */
  canUndo: 'patternsmith.canUndo',
} as const;

/**
 * What `patternsmith.scaffold` takes. Questions are asked only for what is left out; with `apply` set none are asked, and
 * nothing is previewed.
 */
export interface ScaffoldArguments {
  readonly pattern?: string;
  readonly name?: string;
  readonly engine?: string;
  /** `FILE[:SYMBOL]`, relative to the workspace folder. Empty: no target, and none is asked for. */
  readonly target?: string;
  /** What a target `FILE:L12` read when it was chosen: should the line move, it is followed, and never another one taken. */
  readonly reading?: string;
  /** Output folder, relative to the workspace folder. */
  readonly out?: string;
  readonly options?: Readonly<Record<string, string | number | boolean>>;
  /** URI of the workspace folder; needed only where there are several. */
  readonly folder?: string;
  /** File or folder, relative to the workspace folder, whose package is meant. */
  readonly near?: string;
  /** Write at once, without a preview. */
  readonly apply?: boolean;
}

/** What `patternsmith.scaffold` resolves to; `undefined` when it failed (and said so). */
export interface ScaffoldResult {
  readonly status: 'applied' | 'cancelled' | 'unchanged';
  /** `pattern/name`. */
  readonly instance?: string;
  /** Created and changed files, relative to the workspace folder. */
  readonly files?: readonly string[];
}

/** What `patternsmith.status`, `update`, `remove` and `switchEngine` take. What is left out is asked for. */
export interface LifecycleArguments {
  /** `pattern/name`. */
  readonly instance?: string;
  /** URI of the workspace folder. */
  readonly folder?: string;
  /** Folder of the package, relative to the workspace folder; empty: the folder itself. */
  readonly package?: string;
  /** The engine to switch to. */
  readonly engine?: string;
  /** Update all instances of the package, or of all packages of the folder. */
  readonly all?: boolean;
  /** Write at once, without a preview. */
  readonly apply?: boolean;
}

/** What `update`, `remove` and `switchEngine` resolve to; `undefined` when it failed (and said so). */
export interface LifecycleResult {
  /** `manual`: nothing was written, for something has to be done by hand first. */
  readonly status: 'applied' | 'cancelled' | 'unchanged' | 'manual';
  /** `pattern/name`. */
  readonly instances?: readonly string[];
  /** Created, changed and deleted files, relative to the workspace folder. */
  readonly files?: readonly string[];
  /** Of these, those that are left to merge. */
  readonly conflicts?: readonly string[];
}

const lifecycleFields = ['instance', 'folder', 'package', 'engine'] as const;

/** As `scaffoldArguments`: only what has the right form is taken. */
export function lifecycleArguments(value: unknown): LifecycleArguments {
  if (!isRecord(value)) return {};
  const texts = lifecycleFields.flatMap((field) =>
    typeof value[field] === 'string' ? [[field, value[field]] as const] : [],
  );
  return {
    ...Object.fromEntries(texts),
    ...(value['all'] === true ? { all: true } : {}),
    ...(value['apply'] === true ? { apply: true } : {}),
  };
}

const textFields = [
  'pattern',
  'name',
  'engine',
  'target',
  'reading',
  'out',
  'folder',
  'near',
] as const;

/** Arguments come from menus, links, keybindings and other extensions: only what has the right form is taken. */
export function scaffoldArguments(value: unknown): ScaffoldArguments {
  if (!isRecord(value)) return {};
  const texts = textFields.flatMap((field) =>
    typeof value[field] === 'string' ? [[field, value[field]] as const] : [],
  );
  return {
    ...Object.fromEntries(texts),
    ...(isOptions(value['options']) ? { options: value['options'] } : {}),
    ...(value['apply'] === true ? { apply: true } : {}),
  };
}

/** A pattern's id, given as such or by a tree item. */
export function patternArgument(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  return isRecord(value) && typeof value['pattern'] === 'string' ? value['pattern'] : undefined;
}

function isOptions(value: unknown): value is Readonly<Record<string, string | number | boolean>> {
  return (
    isRecord(value) &&
    Object.values(value).every((option) => ['string', 'number', 'boolean'].includes(typeof option))
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
