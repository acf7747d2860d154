/**
 * Messages between the extension (host) and the pattern page (webview), and the state that survives a reload.
 * Both sides import this file; both treat what arrives as unknown until a guard has said yes.
 */
import type { Family } from '../catalog/types.ts';

/** Everything a page shows. Text comes from the templates and the catalogue, never from the user's workspace, except `target`. */
export interface PageData {
  readonly id: string;
  readonly title: string;
  readonly family: Family;
  readonly intent: string;
  /** `page.md`: sections headed `## `. */
  readonly markdown: string;
  /** Webview URI of the demo's bundle; absent when the pattern has none. */
  readonly demo?: string;
  readonly engines: readonly EngineRow[];
  readonly relations: readonly Relation[];
  /** False when the pattern is described only; then the button says so. */
  readonly scaffold: boolean;
  /** Name of the package it would go into, for the button: "Scaffold into shop…". */
  readonly target?: string;
}

/** One row of the engines table: facts by column title. */
export interface EngineRow {
  readonly id: string;
  readonly title: string;
  readonly embedded: boolean;
  readonly facts: Readonly<Record<string, string>>;
}

export interface Relation {
  readonly kind: 'composesWith' | 'alternativeTo' | 'specialCaseOf';
  readonly id: string;
  readonly title: string;
}

export type HostToPage =
  | { readonly type: 'show'; readonly page: PageData }
  /** The page could not be prepared. `message` says what happened and what to do next. */
  | { readonly type: 'failed'; readonly message: string };

export type PageToHost =
  /** The page listens; the host answers with `show` or `failed`. Sent again by "Try again". */
  | { readonly type: 'ready' }
  | { readonly type: 'scaffold'; readonly pattern: string }
  | { readonly type: 'compare'; readonly pattern: string }
  | { readonly type: 'openPattern'; readonly pattern: string }
  /** "Open the code it runs": `file` is one of the demo's `runs`, relative to the output folder. */
  | { readonly type: 'openCode'; readonly pattern: string; readonly file: string }
  /** For the log. */
  | { readonly type: 'problem'; readonly message: string };

/** What the page keeps with `setState`; the panel's serializer reads `pattern` from it. */
export interface PageState {
  readonly version: 1;
  readonly pattern: string;
  readonly knobs: Readonly<Record<string, number>>;
  readonly seed: number;
  /** Vertical scroll position in CSS pixels. */
  readonly scroll: number;
  readonly playing: boolean;
}

export function isHostToPage(value: unknown): value is HostToPage {
  if (!isRecord(value)) return false;
  if (value['type'] === 'show') return isPageData(value['page']);
  return value['type'] === 'failed' && typeof value['message'] === 'string';
}

export function isPageToHost(value: unknown): value is PageToHost {
  if (!isRecord(value)) return false;
  switch (value['type']) {
    case 'ready':
      return true;
    case 'scaffold':
    case 'compare':
    case 'openPattern':
      return typeof value['pattern'] === 'string';
    case 'openCode':
      return typeof value['pattern'] === 'string' && typeof value['file'] === 'string';
    case 'problem':
      return typeof value['message'] === 'string';
    default:
      return false;
  }
}

export function isPageState(value: unknown): value is PageState {
  return (
    isRecord(value) &&
    value['version'] === 1 &&
    typeof value['pattern'] === 'string' &&
    isRecord(value['knobs']) &&
    Object.values(value['knobs']).every((knob) => Number.isFinite(knob)) &&
    Number.isSafeInteger(value['seed']) &&
    Number.isFinite(value['scroll']) &&
    typeof value['playing'] === 'boolean'
  );
}

function isPageData(value: unknown): value is PageData {
  return (
    isRecord(value) &&
    ['id', 'title', 'family', 'intent', 'markdown'].every(
      (key) => typeof value[key] === 'string',
    ) &&
    ['demo', 'target'].every((key) => value[key] === undefined || typeof value[key] === 'string') &&
    typeof value['scaffold'] === 'boolean' &&
    Array.isArray(value['engines']) &&
    value['engines'].every(isEngineRow) &&
    Array.isArray(value['relations']) &&
    value['relations'].every(isRelation)
  );
}

function isEngineRow(value: unknown): value is EngineRow {
  return (
    isRecord(value) &&
    typeof value['id'] === 'string' &&
    typeof value['title'] === 'string' &&
    typeof value['embedded'] === 'boolean' &&
    isRecord(value['facts']) &&
    Object.values(value['facts']).every((fact) => typeof fact === 'string')
  );
}

function isRelation(value: unknown): value is Relation {
  return (
    isRecord(value) &&
    ['composesWith', 'alternativeTo', 'specialCaseOf'].includes(String(value['kind'])) &&
    typeof value['id'] === 'string' &&
    typeof value['title'] === 'string'
  );
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
