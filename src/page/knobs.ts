import type { Knob } from '../demo/types.ts';
import { button, fillTrack, h } from './dom.ts';
import { quantity } from './format.ts';

/** Sliders, switches and the seed. Calls `changed` after each change by the user. */
export class KnobsView {
  readonly element: HTMLElement;
  readonly #values: Record<string, number>;
  readonly #changed: () => void;
  readonly #seed: HTMLInputElement;

  constructor(
    knobs: readonly Knob[],
    values: Readonly<Record<string, number>>,
    seed: number,
    changed: () => void,
  ) {
    this.#values = { ...values };
    this.#changed = changed;
    this.#seed = h('input', {
      id: 'seed',
      type: 'number',
      min: 0,
      max: 999_999,
      step: 1,
      value: seed,
    });
    this.#seed.addEventListener('change', () => {
      this.#seed.value = String(this.seed);
      changed();
    });
    const another = button('Another', { class: 'quiet', title: 'Draw another seed' }, () => {
      this.#seed.value = String(Math.floor(Math.random() * 1_000));
      changed();
    });
    this.element = h(
      'div',
      { class: 'knobs' },
      ...knobs.map((knob) => h('div', { class: 'knob' }, ...this.#row(knob))),
      h(
        'div',
        { class: 'knob' },
        h('label', { for: 'seed' }, 'Seed'),
        h('div', { class: 'seed' }, this.#seed, another),
      ),
    );
  }

  get values(): Readonly<Record<string, number>> {
    return { ...this.#values };
  }

  /** What was typed, made an integer of 0 to 999,999. */
  get seed(): number {
    const typed = Math.trunc(Number(this.#seed.value));
    return Number.isFinite(typed) ? Math.min(999_999, Math.max(0, typed)) : 0;
  }

  #row(knob: Knob): readonly HTMLElement[] {
    const id = `knob-${knob.id}`;
    const label = h('label', { for: id }, knob.label);
    return knob.kind === 'switch'
      ? [label, this.#toggle(id, knob)]
      : [label, ...this.#slider(id, knob)];
  }

  #toggle(id: string, knob: Knob): HTMLElement {
    const input = h('input', { id, type: 'checkbox', role: 'switch' });
    input.checked = this.#values[knob.id] === 1;
    input.addEventListener('change', () => this.#set(knob.id, input.checked ? 1 : 0));
    return h('div', { class: 'switch' }, input);
  }

  #slider(id: string, knob: Knob): readonly HTMLElement[] {
    const { min, max, step } = knob;
    const input = h('input', { id, type: 'range', min, max, step });
    const output = h('output', { for: id });
    input.value = String(this.#values[knob.id] ?? knob.default);
    const tell = (): void => {
      fillTrack(input);
      const text = quantity(Number(input.value), knob.unit);
      output.textContent = text;
      input.setAttribute('aria-valuetext', text);
    };
    tell();
    input.addEventListener('input', () => {
      tell();
      this.#set(knob.id, Number(input.value));
    });
    return [input, output];
  }

  #set(id: string, value: number): void {
    this.#values[id] = value;
    this.#changed();
  }
}
