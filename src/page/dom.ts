type Child = Node | string | undefined;
type Attributes = Readonly<Record<string, string | number | boolean | undefined>>;

/** An HTML element. Attributes that are `undefined` or `false` are left out; never `style`, which the page's policy refuses. */
export function h<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): HTMLElementTagNameMap[K] {
  return filled(document.createElement(tag), attributes, children);
}

/** An SVG element. */
export function s<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: readonly Child[]
): SVGElementTagNameMap[K] {
  return filled(document.createElementNS('http://www.w3.org/2000/svg', tag), attributes, children);
}

/** A button that calls `press`. */
export function button(label: Child, attributes: Attributes, press: () => void): HTMLButtonElement {
  const element = h('button', { type: 'button', ...attributes }, label);
  element.addEventListener('click', press);
  return element;
}

/** Tells the style sheet how much of a slider's track lies before its thumb. */
export function fillTrack(slider: HTMLInputElement): void {
  const [min, max, value] = [slider.min, slider.max, slider.value].map(Number) as [
    number,
    number,
    number,
  ];
  slider.style.setProperty('--filled', `${((100 * (value - min)) / (max - min)).toFixed(1)}%`);
}

/** Sets markup that was rendered from our own Markdown with HTML switched off. */
export function markup<E extends Element>(element: E, html: string): E {
  element.innerHTML = html;
  return element;
}

function filled<E extends Element>(
  element: E,
  attributes: Attributes,
  children: readonly Child[],
): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== false) {
      element.setAttribute(name, value === true ? '' : String(value));
    }
  }
  element.append(...children.filter((child) => child !== undefined));
  return element;
}
