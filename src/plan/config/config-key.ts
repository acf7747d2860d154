import { type Section, SECTIONS } from '../package-json.ts';

/**
 * What the receipt says of a file of the project's configuration:
 *
 *   "env REDIS_URL .env.example": "REDIS_URL=redis://127.0.0.1:6379\n"     the text that was inserted
 *   "service redis compose.yaml": "  redis:\n    image: …"                  likewise
 *   "script worker package.json": "node dist/worker.js"                     the command
 *   "section scripts package.json": "{}"                                    what stood there before the first entry
 */
export interface ConfigKey {
  readonly kind: 'env' | 'service' | 'script' | 'section';
  readonly name: string;
  /** In the package's folder. */
  readonly file: string;
}

/**
 * Where each kind stands, in the order of looking. A file of example variables is committed and holds no secrets; `.env` itself is neither read
 * nor written, for what is planned is shown, and what was put in is kept in the receipt. Compose looks for its files in this order.
 */
export const CONFIG_FILES: Readonly<Record<ConfigKey['kind'], readonly string[]>> = {
  env: ['.env.example', '.env.sample', '.env.template', '.env.dist'],
  service: ['compose.yaml', 'compose.yml', 'docker-compose.yaml', 'docker-compose.yml'],
  script: ['package.json'],
  section: ['package.json'],
};

export function configKey({ kind, name, file }: ConfigKey): string {
  return `${kind} ${name} ${file}`;
}

/** Of the text that was put in. */
const MAX_TEXT = 4_000;

/** Whether the receipt can hold it. */
export function isRecordable(key: ConfigKey, text: string): boolean {
  if (key.kind === 'section' && !/^\{\s*\}$/.test(text)) return false;
  return parseConfigKey(configKey(key)) !== undefined && text.length <= MAX_TEXT;
}

/** Undefined for what is no such key, or names a file that is not Patternsmith's to edit. */
export function parseConfigKey(text: string): ConfigKey | undefined {
  const [, kind, name = '', file = ''] =
    /^(env|service|script|section) (\S{1,200}) (\S{1,40})$/.exec(text) ?? [];
  if (!isKind(kind) || !CONFIG_FILES[kind].includes(file)) return undefined;
  return { kind, name, file };
}

/** The sections of package.json that were empty before the first entry, as they were written. */
export function emptiedSections(config: ReadonlyMap<string, string>): ReadonlyMap<Section, string> {
  return new Map(
    SECTIONS.flatMap((section): [Section, string][] => {
      const text = config.get(configKey({ kind: 'section', name: section, file: 'package.json' }));
      return text === undefined ? [] : [[section, text]];
    }),
  );
}

function isKind(text: string | undefined): text is ConfigKey['kind'] {
  return text !== undefined && Object.hasOwn(CONFIG_FILES, text);
}
