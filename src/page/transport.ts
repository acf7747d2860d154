import { button, fillTrack, h, s } from './dom.ts';
import { number } from './format.ts';
import { playbackMs } from './playback.ts';

const icons = {
  play: 'M4 2.5 13 8 4 13.5Z',
  pause: 'M4 3H6.5V13H4ZM9.5 3H12V13H9.5Z',
  restart: 'M8 3A5 5 0 1 0 13 8H11.5A3.5 3.5 0 1 1 8 4.5V7L12 3.75 8 .5Z',
};

/** Plays a run back: play, pause, restart, and a slider over the simulated time. Shows the end at once where motion is not wanted. */
export class Transport {
  readonly element: HTMLElement;
  readonly #durationMs: number;
  readonly #moved: (atMs: number) => void;
  readonly #toggled: () => void;
  readonly #toggle: HTMLButtonElement;
  readonly #slider: HTMLInputElement;
  readonly #clock = h('output', { class: 'clock', for: 'moment' });
  #atMs = 0;
  #playing = false;
  #frame = 0;

  constructor(durationMs: number, moved: (atMs: number) => void, toggled: () => void) {
    this.#durationMs = durationMs;
    this.#moved = moved;
    this.#toggled = toggled;
    this.#toggle = button(icon('play'), { class: 'icon', 'aria-label': 'Play' }, () =>
      this.#press(),
    );
    const restart = button(icon('restart'), { class: 'icon', 'aria-label': 'Restart' }, () => {
      this.seek(0);
      this.play();
    });
    this.#slider = h('input', {
      id: 'moment',
      type: 'range',
      min: 0,
      max: durationMs,
      step: durationMs / 240,
      'aria-label': 'Moment of the run',
    });
    this.#slider.addEventListener('input', () => {
      this.pause();
      this.seek(Number(this.#slider.value));
    });
    this.element = h(
      'div',
      { class: 'transport', role: 'group', 'aria-label': 'Playback' },
      this.#toggle,
      restart,
      this.#slider,
      this.#clock,
    );
  }

  get atMs(): number {
    return this.#atMs;
  }

  get playing(): boolean {
    return this.#playing;
  }

  play(): void {
    if (this.#playing) return;
    if (this.#atMs >= this.#durationMs) this.seek(0);
    this.#setPlaying(true);
    let last = performance.now();
    const step = (now: number): void => {
      if (!this.#playing) return;
      // A tab that was hidden goes on where it was, it does not jump.
      const elapsed = Math.min(100, Math.max(0, now - last));
      last = now;
      this.seek(this.#atMs + (elapsed * this.#durationMs) / playbackMs);
      if (this.#atMs >= this.#durationMs) this.#setPlaying(false);
      else this.#frame = requestAnimationFrame(step);
    };
    this.#frame = requestAnimationFrame(step);
  }

  pause(): void {
    cancelAnimationFrame(this.#frame);
    this.#setPlaying(false);
  }

  seek(atMs: number): void {
    this.#atMs = Math.min(this.#durationMs, Math.max(0, atMs));
    this.#slider.value = String(this.#atMs);
    fillTrack(this.#slider);
    const text = `${(this.#atMs / 1_000).toFixed(1)} s`;
    this.#slider.setAttribute('aria-valuetext', `${text} of ${number(this.#durationMs / 1_000)} s`);
    this.#clock.textContent = text;
    this.#moved(this.#atMs);
  }

  #press(): void {
    if (this.#playing) this.pause();
    else this.play();
    this.#toggled();
  }

  #setPlaying(playing: boolean): void {
    this.#playing = playing;
    this.#toggle.replaceChildren(icon(playing ? 'pause' : 'play'));
    this.#toggle.setAttribute('aria-label', playing ? 'Pause' : 'Play');
  }
}

function icon(name: keyof typeof icons): SVGSVGElement {
  return s('svg', { viewBox: '0 0 16 16', 'aria-hidden': 'true' }, s('path', { d: icons[name] }));
}
