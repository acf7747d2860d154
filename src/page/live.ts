import { runDemo, defaultSeed, knobValues, type DemoRun } from '../demo/run.ts';
import type { Demo } from '../demo/types.ts';
import { ChartView } from './chart.ts';
import { button, h } from './dom.ts';
import { FiguresView } from './figures.ts';
import { number, span } from './format.ts';
import { KnobsView } from './knobs.ts';
import { playbackMs, visibleMoves, type Move } from './playback.ts';
import { motionIsReduced, onAppearanceChange } from './theme.ts';
import { TopologyView } from './topology.ts';
import { Transport } from './transport.ts';

export interface LiveSettings {
  readonly knobs: Readonly<Record<string, number>>;
  readonly seed: number;
  readonly playing: boolean;
}

export interface LiveHost {
  /** Something that is worth keeping has changed. */
  changed(): void;
  openCode(file: string): void;
}

type Variant = 'with' | 'without';

/** The live demo: runs the whole scenario on every change, then plays it back. */
export class LivePanel {
  readonly element: HTMLElement;
  readonly #demo: Demo;
  readonly #host: LiveHost;
  readonly #charts: readonly ChartView[];
  readonly #figures: FiguresView;
  readonly #knobs: KnobsView;
  readonly #topology: TopologyView;
  readonly #transport: Transport;
  readonly #note = h('span');
  readonly #status = h('p', { class: 'hidden-text', role: 'status' });
  readonly #problem = h('p', { class: 'problem', role: 'alert' });
  #moves: Readonly<Record<Variant, readonly Move[]>> = { with: [], without: [] };
  #variant: Variant = 'with';
  #playsOnStart: boolean;
  #running: AbortController | undefined;
  #due: ReturnType<typeof setTimeout> | undefined;

  constructor(demo: Demo, restored: LiveSettings | undefined, host: LiveHost) {
    this.#demo = demo;
    this.#host = host;
    this.#charts = demo.charts.map(
      (chart, index, all) =>
        new ChartView(chart, index === all.length - 1, (atMs) => this.#seek(atMs)),
    );
    this.#figures = new FiguresView(demo.figures);
    this.#topology = new TopologyView(demo.topology);
    this.#knobs = new KnobsView(
      demo.knobs,
      restoredKnobs(demo, restored),
      restored?.seed ?? defaultSeed,
      () => this.#rerunSoon(),
    );
    this.#transport = new Transport(
      demo.durationMs,
      (atMs) => this.#draw(atMs),
      () => host.changed(),
    );
    this.element = this.#layout();
    onAppearanceChange(() => this.#adapt());
    this.#playsOnStart = !motionIsReduced() && (restored?.playing ?? true);
    this.#transport.seek(motionIsReduced() ? demo.durationMs : 0);
  }

  get settings(): LiveSettings {
    return {
      knobs: this.#knobs.values,
      seed: this.#knobs.seed,
      playing: this.#playsOnStart || this.#transport.playing,
    };
  }

  /** Runs with the knobs as they stand; a run that is under way is given up. */
  async run(): Promise<void> {
    this.#running?.abort();
    const running = new AbortController();
    this.#running = running;
    this.element.setAttribute('aria-busy', 'true');
    const started = performance.now();
    try {
      const { knobs, seed } = this.settings;
      const run = await runDemo(this.#demo, { knobs, seed, signal: running.signal });
      if (!running.signal.aborted) this.#show(run, performance.now() - started);
    } catch (error) {
      if (!running.signal.aborted) this.#fail(error);
    } finally {
      if (this.#running === running) this.element.removeAttribute('aria-busy');
    }
  }

  dispose(): void {
    clearTimeout(this.#due);
    this.#running?.abort();
    this.#transport.pause();
  }

  #show(run: DemoRun, tookMs: number): void {
    const rate = this.#demo.durationMs / playbackMs;
    this.#moves = {
      with: visibleMoves(run.with.trace, rate, this.#topology.lengthOf),
      without: visibleMoves(run.without.trace, rate, this.#topology.lengthOf),
    };
    for (const chart of this.#charts) chart.show(run);
    this.#figures.show(run);
    this.#problem.textContent = '';
    this.#note.textContent = `This runs the code you would get, on a virtual clock: ${span(this.#demo.durationMs)}, simulated with and without the pattern in ${number(Math.round(tookMs))} ms, seed ${run.seed}. `;
    this.#status.textContent = this.#demo.figures
      .map(
        ({ id, label }) =>
          `${label}: ${number(run.with.figures[id] ?? 0)}, without the pattern ${number(run.without.figures[id] ?? 0)}`,
      )
      .join('; ');
    this.#draw(this.#transport.atMs);
    if (this.#playsOnStart) this.#transport.play();
    this.#playsOnStart = false;
    this.element.dataset['ready'] = String(Number(this.element.dataset['ready'] ?? 0) + 1);
  }

  #fail(error: unknown): void {
    const message = error instanceof Error ? error.message : String(error);
    this.#problem.textContent = `The run stopped: ${message}. Change a knob to run again.`;
  }

  #draw(atMs: number): void {
    this.element.dataset['at'] = atMs.toFixed(0);
    for (const chart of this.#charts) chart.moveTo(atMs);
    this.#topology.moveTo(motionIsReduced() ? [] : this.#moves[this.#variant], atMs);
  }

  #seek(atMs: number): void {
    this.#transport.pause();
    this.#transport.seek(atMs);
    this.#host.changed();
  }

  /** A slider that is dragged asks for one run, not for fifty. */
  #rerunSoon(): void {
    this.#host.changed();
    clearTimeout(this.#due);
    this.#due = setTimeout(() => void this.run(), 60);
  }

  #adapt(): void {
    if (motionIsReduced() && this.#transport.playing) {
      this.#transport.pause();
      this.#transport.seek(this.#demo.durationMs);
    }
    for (const chart of this.#charts) chart.redraw();
    this.#draw(this.#transport.atMs);
  }

  #layout(): HTMLElement {
    const code = this.#demo.runs[0];
    return h(
      'div',
      { class: 'demo', 'data-variant': this.#variant },
      h('div', { class: 'bar' }, h('h2', { id: 'demo-title' }, 'Live demo'), this.#contrast()),
      this.#topology.element,
      this.#transport.element,
      ...this.#charts.map((chart) => chart.element),
      this.#figures.element,
      this.#knobs.element,
      this.#problem,
      this.#status,
      h('p', { class: 'note' }, h('b', {}, 'Without: '), this.#demo.without),
      h(
        'p',
        { class: 'note' },
        this.#note,
        code === undefined
          ? undefined
          : button('Open the code it runs', { class: 'link' }, () => this.#host.openCode(code)),
      ),
    );
  }

  /** Which of the two the picture shows; the charts and figures always show both. */
  #contrast(): HTMLElement {
    const choice = (variant: Variant, label: string): HTMLElement => {
      const input = h('input', { type: 'radio', name: 'variant', value: variant });
      input.checked = variant === this.#variant;
      input.addEventListener('change', () => {
        this.#variant = variant;
        this.element.dataset['variant'] = variant;
        this.#draw(this.#transport.atMs);
      });
      return h('label', {}, input, h('span', {}, label));
    };
    return h(
      'fieldset',
      { class: 'contrast' },
      h('legend', { class: 'hidden-text' }, 'The picture shows the system'),
      choice('without', 'Without'),
      choice('with', 'With'),
    );
  }
}

/** What was kept may come from an older demo: then its knobs start from their defaults. */
function restoredKnobs(
  demo: Demo,
  restored: LiveSettings | undefined,
): Readonly<Record<string, number>> {
  try {
    return knobValues(demo.knobs, restored?.knobs ?? {});
  } catch {
    return knobValues(demo.knobs, {});
  }
}
