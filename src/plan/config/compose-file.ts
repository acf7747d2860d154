import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  LineCounter,
  type Pair,
  parseDocument,
  type YAMLMap,
} from 'yaml';
import type { ComposeService } from '../../catalog/types.ts';
import { type Insertion, linesBehind, sameEntries } from './insertion.ts';

export interface Service extends ComposeService {
  readonly name: string;
  /** The variable by which the code finds it, and its value outside of Compose. */
  readonly url?: { readonly name: string; readonly value: string } | undefined;
}

/**
 * Adds a service behind the others, as they are laid out, unless there is one of its name or with an image that serves as well. Nothing
 * else changes, which is checked by reading the result.
 */
export function addService(text: string, service: Service): Insertion {
  const manual = (reason: string, line = 1): Insertion => ({
    status: 'manual',
    reason,
    snippet: ['services:', ...blockOf(service, '  ', '  ', '"')].join('\n'),
    line,
  });
  const counter = new LineCounter();
  const document = parseDocument(text, { lineCounter: counter, logLevel: 'silent' });
  const [error] = document.errors;
  if (error)
    return manual('the file is not understood as YAML', counter.linePos(error.pos[0]).line);
  const pair = isMap(document.contents) ? pairOf(document.contents, 'services') : undefined;
  if (pair === undefined) return manual('the file has no "services"');
  const line = counter.linePos(startOf(pair)).line;
  if (!isMap(pair.value) && !isEmpty(pair.value)) return manual('"services" is no mapping', line);
  const services = isMap(pair.value) ? pair.value : undefined;
  if (services?.flow) return manual('"services" stands on one line', line);
  if (services && hasService(services, service)) return { status: 'already' };
  const { at, lines } = placed(text, document, pair, service);
  const edit = linesBehind(text, at, lines);
  const after = `${text.slice(0, edit.start)}${edit.text}${text.slice(edit.end)}`;
  if (!isAdded(text, after, service)) return manual('the place for it is not certain', line);
  const notes = services === undefined ? [] : insideNotes(services, service, counter);
  return { status: 'wired', edit, notes };
}

/** Whether a text without the service is what the one with it was before. */
export function isWithout(text: string, after: string, name: string): boolean {
  const [before, now] = [entriesOf(text), entriesOf(after)];
  if (before === undefined || now === undefined) return false;
  const others = Object.entries(before.services).filter(([other]) => other !== name);
  return (
    sameEntries(now.services, Object.fromEntries(others)) && sameEntries(now.rest, before.rest)
  );
}

export function hasServiceNamed(text: string, name: string): boolean {
  return Object.hasOwn(entriesOf(text)?.services ?? {}, name);
}

function isAdded(text: string, after: string, { name, image, ports }: Service): boolean {
  const added = entriesOf(after)?.services[name];
  return sameEntries(added, { image, ports }) && isWithout(after, text, name);
}

function entriesOf(
  text: string,
): { readonly services: Readonly<Record<string, unknown>>; readonly rest: unknown } | undefined {
  const document = parseDocument(text, { logLevel: 'silent' });
  if (document.errors.length > 0) return undefined;
  try {
    const value = document.toJS() as Readonly<Record<string, unknown>> | null;
    const { services, ...rest } = value ?? {};
    return { services: (services ?? {}) as Readonly<Record<string, unknown>>, rest };
  } catch {
    // More aliases than anybody writes.
    return undefined;
  }
}

function hasService({ items }: YAMLMap, { name, images }: Service): boolean {
  return items.some((pair) => {
    if (keyOf(pair) === name) return true;
    const value = isMap(pair.value) ? pair.value.get('image') : undefined;
    return typeof value === 'string' && images.includes(lastPart(value));
  });
}

/** `docker.io/bitnami/redis:7@sha256:…` -> `redis` */
function lastPart(image: string): string {
  return (image.split('/').at(-1) ?? '').split(/[:@$]/)[0] ?? '';
}

/** Behind the last line of the last service; a comment that stands at the margin belongs to what follows. */
function placed(
  text: string,
  { contents }: Document,
  services: Pair,
  service: Service,
): { readonly at: number; readonly lines: readonly string[] } {
  const starts = isMap(contents) ? contents.items.map(startOf) : [];
  const end = starts.find((start) => start > startOf(services)) ?? text.length;
  const above = text.slice(0, end).split('\n');
  // The first line of what follows, which may be indented.
  if (end < text.length) above[above.length - 1] = '';
  while (/^(\s*|#[^]*|\.\.\.\s*)$/.test(above.at(-1) ?? '') && above.length > 1) above.pop();
  const at = above.join('\n').replace(/\r$/, '').length;

  const items = isMap(services.value) ? services.value.items : [];
  const indent = indentAt(text, items[0]) ?? '  ';
  const inner = isMap(items[0]?.value) ? indentAt(text, items[0].value.items[0]) : undefined;
  const step = inner?.slice(indent.length) || '  ';
  const quote = /'/.test(text) && !/"/.test(text) ? "'" : '"';
  const isSpaced = items.length > 1 && hasBlankAbove(text, items.at(-1)!);
  return { at, lines: [...(isSpaced ? [''] : []), ...blockOf(service, indent, step, quote)] };
}

function blockOf(
  { name, image, ports }: Service,
  indent: string,
  step: string,
  quote: string,
): readonly string[] {
  return [
    `${indent}${name}:`,
    `${indent}${step}image: ${image}`,
    `${indent}${step}ports:`,
    ...ports.map((port) => `${indent}${step}${step}- ${quote}${port}${quote}`),
  ];
}

/** What runs inside of Compose does not find the server where the code looks by default. */
function insideNotes({ items }: YAMLMap, { name, url }: Service, counter: LineCounter) {
  if (url === undefined) return [];
  return items
    .filter(({ value }) => isMap(value) && value.has('build'))
    .map((pair) => ({
      line: counter.linePos(startOf(pair)).line,
      text: `what runs in the service ${keyOf(pair)} finds ${name} by its name`,
      snippet: `${url.name}: ${url.value.replace('127.0.0.1', name)}`,
    }));
}

function pairOf({ items }: YAMLMap, name: string): Pair | undefined {
  return items.find((pair) => keyOf(pair) === name);
}

function keyOf({ key }: Pair): string {
  return isScalar(key) ? String(key.value) : '';
}

function startOf({ key }: Pair): number {
  return (isScalar(key) || isAlias(key) || isMap(key) ? key.range?.[0] : undefined) ?? 0;
}

function isEmpty(value: unknown): boolean {
  return value === null || (isScalar(value) && value.value === null);
}

function indentAt(text: string, pair: Pair | undefined): string | undefined {
  if (pair === undefined) return undefined;
  const start = startOf(pair);
  const indent = text.slice(text.lastIndexOf('\n', start - 1) + 1, start);
  return /^ +$/.test(indent) ? indent : undefined;
}

/** Above its comments. */
function hasBlankAbove(text: string, pair: Pair): boolean {
  const above = text.slice(0, startOf(pair)).split('\n').slice(0, -1);
  while (/^\s*#/.test(above.at(-1) ?? '')) above.pop();
  return above.at(-1)?.trim() === '';
}
