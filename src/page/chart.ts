import uPlot from 'uplot';
import type { DemoRun } from '../demo/run.ts';
import type { Chart, DemoResult } from '../demo/types.ts';
import { h } from './dom.ts';
import { number, quantity } from './format.ts';
import { sampleAt } from './playback.ts';
import { themeColor, themeFont } from './theme.ts';

const plotPx = 84;
const axisPx = 20;

/**
 * One chart with both versions: solid with the pattern, dashed without. The whole run is drawn at once; what has not been
 * played yet is veiled.
 */
export class ChartView {
  readonly element: HTMLElement;
  readonly #chart: Chart;
  readonly #canvas = h('div', { class: 'plot', role: 'img' });
  readonly #withValue = h('b', { class: 'value' });
  readonly #withoutValue = h('span', { class: 'value' });
  readonly #withPeak = h('span');
  readonly #withoutPeak = h('span');
  readonly #veil = h('div', { class: 'veil' });
  readonly #seek: (atMs: number) => void;
  readonly #heightPx: number;
  #plot: uPlot | undefined;
  #run: DemoRun | undefined;
  #atMs = 0;
  #hovered: number | undefined;

  /** @param last shows the time axis, which all charts share */
  constructor(chart: Chart, last: boolean, seek: (atMs: number) => void) {
    this.#chart = chart;
    this.#seek = seek;
    this.#heightPx = last ? plotPx + axisPx : plotPx;
    this.element = h(
      'section',
      { class: 'chart', 'data-chart': chart.id },
      h(
        'p',
        { class: 'reading' },
        h('span', { class: 'label' }, chart.label),
        h(
          'span',
          { class: 'keys' },
          h('span', { class: 'key solid' }, 'with ', this.#withValue, this.#withPeak),
          h('span', { class: 'key dashed' }, 'without ', this.#withoutValue, this.#withoutPeak),
        ),
      ),
      this.#canvas,
    );
    new ResizeObserver(() => this.#resize()).observe(this.#canvas);
  }

  show(run: DemoRun): void {
    this.#run = run;
    const { at } = run.with;
    const data: uPlot.AlignedData = [
      at.map((ms) => ms / 1_000),
      [...(run.with.series[this.#chart.id] ?? [])],
      [...(run.without.series[this.#chart.id] ?? [])],
    ];
    if (this.#plot) this.#plot.setData(data);
    else this.#plot = this.#create(data);
    this.#canvas.setAttribute('aria-label', this.#summary(run));
    this.#withPeak.textContent = this.#peak(run.with);
    this.#withoutPeak.textContent = this.#peak(run.without);
    this.#reserve(this.#withValue, run.with);
    this.#reserve(this.#withoutValue, run.without);
    this.#read();
  }

  moveTo(atMs: number): void {
    this.#atMs = atMs;
    this.#placeVeil();
    this.#read();
  }

  /** After a change of theme. */
  redraw(): void {
    this.#plot?.redraw(false, true);
  }

  /** Also after each drawing: before the first one the plot does not know its scales. */
  #placeVeil(): void {
    const left = this.#plot?.valToPos(this.#atMs / 1_000, 'x') ?? NaN;
    if (Number.isFinite(left)) this.#veil.style.transform = `translateX(${Math.max(0, left)}px)`;
  }

  #create(data: uPlot.AlignedData): uPlot {
    const axis = {
      stroke: () => themeColor('--vscode-descriptionForeground'),
      font: themeFont(),
      grid: { stroke: () => themeColor('--vscode-editorWidget-border'), width: 0.5 },
      ticks: { show: false },
    };
    const plot = new uPlot(
      {
        width: this.#canvas.clientWidth || 400,
        height: this.#heightPx,
        padding: [6, 14, this.#heightPx > plotPx ? 0 : 8, 0],
        legend: { show: false },
        cursor: {
          y: false,
          drag: { x: false, y: false },
          sync: { key: 'run' },
          points: { size: 7 },
        },
        scales: { x: { time: false }, y: { range: (_, __, max) => [0, niceMax(max)] } },
        axes: [
          {
            ...axis,
            size: axisPx,
            gap: 4,
            show: this.#heightPx > plotPx,
            grid: { show: false },
            values: (_, ticks) => ticks.map((tick) => `${tick} s`),
          },
          {
            ...axis,
            size: 44,
            gap: 6,
            space: 22,
            values: (_, ticks) => ticks.map((tick) => number(tick)),
          },
        ],
        series: [
          {},
          { stroke: () => themeColor('--vscode-charts-blue'), width: 2, points: { show: false } },
          {
            stroke: () => themeColor('--vscode-charts-orange'),
            width: 1.5,
            dash: [5, 4],
            points: { show: false },
          },
        ],
        hooks: {
          draw: [() => this.#placeVeil()],
          setCursor: [(self) => this.#hover(self.cursor.idx)],
        },
      },
      data,
      this.#canvas,
    );
    plot.over.append(this.#veil);
    plot.over.addEventListener('click', () => {
      const left = plot.cursor.left;
      if (left !== undefined && left >= 0) this.#seek(plot.posToVal(left, 'x') * 1_000);
    });
    return plot;
  }

  #resize(): void {
    const width = this.#canvas.clientWidth;
    if (this.#plot && width > 0 && width !== this.#plot.width) {
      this.#plot.setSize({ width, height: this.#heightPx });
    }
  }

  #hover(index: number | null | undefined): void {
    this.#hovered = index ?? undefined;
    this.#read();
  }

  /** The values under the pointer, else those at the playhead. */
  #read(): void {
    if (!this.#run) return;
    const { with: withIt, without } = this.#run;
    const index = this.#hovered ?? sampleAt(withIt.at, this.#atMs);
    const { id, unit } = this.#chart;
    this.#withValue.textContent = quantity(withIt.series[id]?.[index], unit);
    this.#withoutValue.textContent = quantity(without.series[id]?.[index], unit);
  }

  /** Room for the longest of the values that it will show. */
  #reserve(element: HTMLElement, result: DemoResult): void {
    const values = result.series[this.#chart.id] ?? [];
    const lengths = values.map((value) => quantity(value, this.#chart.unit).length);
    element.style.minWidth = `${Math.max(1, ...lengths)}ch`;
  }

  #peak(result: DemoResult): string {
    const measured = (result.series[this.#chart.id] ?? []).filter((value) => value !== null);
    return `, peak ${quantity(measured.length > 0 ? Math.max(...measured) : null, this.#chart.unit)}`;
  }

  #summary(run: DemoRun): string {
    const { id, label, unit } = this.#chart;
    const mean = (values: readonly (number | null)[] = []): string => {
      const measured = values.filter((value) => value !== null);
      const sum = measured.reduce((total, value) => total + value, 0);
      return quantity(measured.length > 0 ? sum / measured.length : null, unit);
    };
    return `${label} over the run: ${mean(run.with.series[id])} on average with the pattern, ${mean(run.without.series[id])} without.`;
  }
}

/** A flat line at zero still needs a scale. */
function niceMax(max: number | null): number {
  return max === null || max <= 0 ? 1 : max * 1.08;
}
