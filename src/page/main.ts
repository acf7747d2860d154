import type { Demo } from '../demo/types.ts';
import { article } from './article.ts';
import { button, h } from './dom.ts';
import { LivePanel } from './live.ts';
import 'uplot/dist/uPlot.min.css';
import './page.css';
import {
  isHostToPage,
  isPageState,
  type PageData,
  type PageState,
  type PageToHost,
} from './protocol.ts';

interface WebviewApi {
  postMessage(message: PageToHost): void;
  getState(): unknown;
  setState(state: PageState): void;
}
declare function acquireVsCodeApi(): WebviewApi;

const families = {
  messaging: 'Messaging',
  data: 'Data management',
  design: 'Design and implementation',
};

// A virtual clock yields once per timer, and uses this where there is one: in Chromium five times as fast as a new message channel.
if ('scheduler' in globalThis) {
  Object.assign(globalThis, { setImmediate: (run: () => void) => void scheduler.postTask(run) });
}

const host = acquireVsCodeApi();
const root = document.getElementById('page') ?? document.body;
let shown: PageData | undefined;
let live: LivePanel | undefined;
let attempts = 0;

function show(page: PageData): void {
  const kept = host.getState();
  const restored = isPageState(kept) && kept.pattern === page.id ? kept : undefined;
  live?.dispose();
  live = undefined;
  shown = page;
  document.title = page.title;
  const panel = h('aside', { class: 'live', 'aria-labelledby': 'demo-title' });
  root.replaceChildren(
    h(
      'main',
      { class: page.demo === undefined ? 'plain' : 'with-demo' },
      header(page),
      page.demo === undefined ? undefined : panel,
      article(page, (pattern) => host.postMessage({ type: 'openPattern', pattern })),
    ),
  );
  if (page.demo !== undefined) void startDemo(page, page.demo, panel, restored);
  keep();
  if (restored) scrollTo({ top: restored.scroll });
  else scrollTo({ top: 0 });
}

function header(page: PageData): HTMLElement {
  const target = page.target === undefined ? '' : ` into ${page.target}`;
  return h(
    'header',
    {},
    h(
      'div',
      {},
      h('p', { class: 'crumb' }, families[page.family]),
      h('h1', {}, page.title),
      h('p', { class: 'intent' }, page.intent),
    ),
    h(
      'div',
      { class: 'actions' },
      button('Compare…', { class: 'quiet' }, () =>
        host.postMessage({ type: 'compare', pattern: page.id }),
      ),
      page.scaffold
        ? button(`Scaffold${target}…`, { class: 'primary' }, () =>
            host.postMessage({ type: 'scaffold', pattern: page.id }),
          )
        : h('p', { class: 'muted' }, 'Described only: it cannot be scaffolded yet.'),
    ),
  );
}

async function startDemo(
  page: PageData,
  uri: string,
  panel: HTMLElement,
  restored: PageState | undefined,
): Promise<void> {
  panel.replaceChildren(h('p', { class: 'loading', role: 'status' }, 'Preparing the demo…'));
  try {
    attempts += 1;
    // A module that failed to load once fails for ever under the same address.
    const module: unknown = await import(attempts === 1 ? uri : `${uri}?attempt=${attempts}`);
    const started = new LivePanel(demoOf(module), restored, {
      changed: keep,
      openCode: (file) => host.postMessage({ type: 'openCode', pattern: page.id, file }),
    });
    if (shown !== page) return started.dispose();
    live = started;
    panel.replaceChildren(started.element);
    await started.run();
    keep();
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    host.postMessage({ type: 'problem', message: `demo of ${page.id}: ${message}` });
    panel.replaceChildren(
      h(
        'div',
        { class: 'demo' },
        h('h2', { id: 'demo-title' }, 'Live demo'),
        h('p', { class: 'problem', role: 'alert' }, `The demo could not start: ${message}.`),
        button('Try again', { class: 'primary' }, () => {
          void startDemo(page, uri, panel, restored);
        }),
      ),
    );
  }
}

function demoOf(module: unknown): Demo {
  const demo = (module as { default?: Partial<Demo> }).default;
  if (typeof demo?.run === 'function' && Array.isArray(demo.knobs)) return demo as Demo;
  throw new Error('its file holds no demo; reinstall or rebuild the extension');
}

function showFailure(message: string): void {
  live?.dispose();
  live = undefined;
  root.replaceChildren(
    h(
      'main',
      { class: 'plain' },
      h('h1', {}, 'This page cannot be shown'),
      h('p', { class: 'problem', role: 'alert' }, message),
      button('Try again', { class: 'primary' }, () => host.postMessage({ type: 'ready' })),
    ),
  );
}

/** What survives a reload of the window. */
function keep(): void {
  if (!shown) return;
  host.setState({
    version: 1,
    pattern: shown.id,
    ...(live?.settings ?? emptySettings()),
    scroll: scrollY,
  });
}

function emptySettings(): Pick<PageState, 'knobs' | 'seed' | 'playing'> {
  const kept = host.getState();
  const same = isPageState(kept) && kept.pattern === shown?.id;
  return same ? kept : { knobs: {}, seed: 7, playing: true };
}

let scrolled: ReturnType<typeof setTimeout> | undefined;
addEventListener('scroll', () => {
  clearTimeout(scrolled);
  scrolled = setTimeout(keep, 200);
});
addEventListener('message', (event: MessageEvent<unknown>) => {
  if (!isHostToPage(event.data)) return;
  if (event.data.type === 'show') show(event.data.page);
  else showFailure(event.data.message);
});
host.postMessage({ type: 'ready' });
