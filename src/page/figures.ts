import type { DemoRun } from '../demo/run.ts';
import type { Figure } from '../demo/types.ts';
import { h, s } from './dom.ts';
import { quantity, verdict, type Verdict } from './format.ts';

/** The headline numbers of a run: with the pattern large, without it below. */
export class FiguresView {
  readonly element = h('dl', { class: 'figures' });
  readonly #figures: readonly Figure[];

  constructor(figures: readonly Figure[]) {
    this.#figures = figures;
  }

  show(run: DemoRun): void {
    this.element.replaceChildren(
      ...this.#figures.map((figure) => {
        const withIt = run.with.figures[figure.id] ?? NaN;
        const without = run.without.figures[figure.id] ?? NaN;
        return h(
          'div',
          { 'data-figure': figure.id, 'data-with': withIt, 'data-without': without },
          h('dt', {}, figure.label),
          h(
            'dd',
            { class: 'now' },
            quantity(withIt, figure.unit),
            sign(verdict(figure.better, withIt, without)),
          ),
          h('dd', { class: 'then' }, `without: ${quantity(without, figure.unit)}`),
        );
      }),
    );
  }
}

/** A tick or a cross, with the word for who does not see it. */
function sign(verdict: Verdict): Node | undefined {
  if (verdict === 'same') return undefined;
  const path = verdict === 'better' ? 'M2 6.5 5 9.5 10 3' : 'M3 3 9 9M9 3 3 9';
  return s(
    'svg',
    { class: `sign ${verdict}`, viewBox: '0 0 12 12', role: 'img', 'aria-label': verdict },
    s('path', { d: path }),
  );
}
