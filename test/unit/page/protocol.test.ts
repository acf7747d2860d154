import { equal, match, ok } from 'node:assert/strict';
import { pageHtml } from '../../../src/page/html.ts';
import { isHostToPage, isPageState, isPageToHost } from '../../../src/page/protocol.ts';

const page = {
  id: 'x',
  title: 'X',
  family: 'data',
  intent: 'Do.',
  markdown: '',
  engines: [{ id: 'memory', title: 'Memory', embedded: true, facts: { Trap: 'none' } }],
  relations: [{ kind: 'composesWith', id: 'y', title: 'Y' }],
  scaffold: true,
};
const state = { version: 1, pattern: 'x', knobs: { a: 1 }, seed: 7, scroll: 0, playing: true };

describe('messages of the page', () => {
  for (const [name, message, good] of [
    ['a page', { type: 'show', page }, true],
    [
      'a page with all that may be there',
      { type: 'show', page: { ...page, demo: 'u', target: 't' } },
      true,
    ],
    ['a failure', { type: 'failed', message: 'm' }, true],
    ['a page without engines', { type: 'show', page: { ...page, engines: undefined } }, false],
    [
      'a fact that is no text',
      { type: 'show', page: { ...page, engines: [{ ...page.engines[0], facts: { a: 1 } }] } },
      false,
    ],
    [
      'a relation of unknown kind',
      { type: 'show', page: { ...page, relations: [{ kind: 'z', id: 'y', title: 'Y' }] } },
      false,
    ],
    ['nothing', undefined, false],
    ['another type', { type: 'run' }, false],
  ] as const) {
    it(`host to page: ${name} is ${good ? 'taken' : 'refused'}`, () =>
      equal(isHostToPage(message), good));
  }

  for (const [name, message, good] of [
    ['ready', { type: 'ready' }, true],
    ['scaffold', { type: 'scaffold', pattern: 'x' }, true],
    ['compare', { type: 'compare', pattern: 'x' }, true],
    ['openPattern', { type: 'openPattern', pattern: 'x' }, true],
    ['openCode', { type: 'openCode', pattern: 'x', file: 'f' }, true],
    ['problem', { type: 'problem', message: 'm' }, true],
    ['openCode without a file', { type: 'openCode', pattern: 'x' }, false],
    ['scaffold without a pattern', { type: 'scaffold' }, false],
    ['a command', { type: 'command', command: 'workbench.action.quit' }, false],
    ['a list', [], false],
    ['null', null, false],
  ] as const) {
    it(`page to host: ${name} is ${good ? 'taken' : 'refused'}`, () =>
      equal(isPageToHost(message), good));
  }

  for (const [name, change, good] of [
    ['as it was kept', {}, true],
    ['of another version', { version: 2 }, false],
    ['with a knob that is no number', { knobs: { a: '1' } }, false],
    ['with a seed that is no integer', { seed: 0.5 }, false],
    ['without a pattern', { pattern: undefined }, false],
  ] as const) {
    it(`state ${name} is ${good ? 'taken' : 'refused'}`, () =>
      equal(isPageState({ ...state, ...change }), good));
  }
});

describe('document of the page', () => {
  const html = pageHtml({
    nonce: 'abc',
    cspSource: 'https://*.example',
    script: 'https://s/page.js',
    style: 'https://s/page.css?a="<',
    language: 'en',
  });

  it('allows scripts by nonce only, and nothing inline, evaluated, connected or framed', () => {
    const policy = /Content-Security-Policy" content="([^"]+)"/.exec(html)?.[1] ?? '';
    match(policy, /^default-src 'none'; script-src 'nonce-abc'; style-src https:\/\/\*\.example;/);
    ok(!/unsafe|eval|connect-src|frame-src|\bhttps?:(\s|;)/.test(policy), policy);
  });

  it('holds no inline style or script', () => {
    ok(!/<style|style=|<script[^>]*>[^<]/.test(html));
  });

  it('escapes what it is given', () => {
    match(html, /href="https:\/\/s\/page\.css\?a=&quot;&lt;"/);
  });
});
