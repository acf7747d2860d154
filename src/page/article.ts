import { h, markup } from './dom.ts';
import { html, listItems, sections, tableRows, type Inline, type Section } from './markdown.ts';
import type { EngineRow, PageData, Relation } from './protocol.ts';

/** Guarantees shown before "more". */
const firstGuarantees = 6;

const relationTitles: Readonly<Record<Relation['kind'], string>> = {
  composesWith: 'Composes with',
  alternativeTo: 'Alternative to',
  specialCaseOf: 'Special case of',
};

/** The reading column: the sections of `page.md`, each in its own form, the engines and the relations. */
export function article(page: PageData, openPattern: (id: string) => void): HTMLElement {
  const all = sections(page.markdown);
  const [use, avoid] = ['Use it when', 'Look elsewhere when'].map((title) =>
    all.find((section) => section.title === title),
  );
  const rest = all.filter((section) => section !== use && section !== avoid);
  return h(
    'article',
    {},
    use || avoid ? h('div', { class: 'two' }, when(use), when(avoid)) : undefined,
    ...rest
      .filter((section) => section.title !== 'Sources')
      .map((section) => sectionElement(section, page)),
    relations(page.relations, openPattern),
    ...rest
      .filter((section) => section.title === 'Sources')
      .map((section) => sectionElement(section, page)),
  );
}

function sectionElement(section: Section, page: PageData): HTMLElement {
  const body = h('section', {}, h('h2', {}, section.title));
  switch (section.title) {
    case 'Trade-offs':
      body.append(tradeOffs(section.body));
      break;
    case 'Guarantees':
      body.append(...guarantees(listItems(section.body)));
      break;
    case 'Engines':
      body.append(prose(section.body), engines(page.engines));
      break;
    default:
      body.append(prose(section.body));
  }
  return body;
}

function when(section: Section | undefined): HTMLElement | undefined {
  return section && h('section', {}, h('h2', {}, section.title), prose(section.body));
}

function prose(body: string): HTMLElement {
  return markup(h('div', { class: 'prose' }), html(body));
}

const effects: Readonly<Record<string, { readonly word: string; readonly kind: string }>> = {
  '+': { word: 'gains', kind: 'up' },
  '−': { word: 'costs', kind: 'down' },
  '-': { word: 'costs', kind: 'down' },
  '=': { word: 'depends', kind: 'same' },
};

function tradeOffs(body: string): HTMLElement {
  const [, ...rows] = tableRows(body);
  return table(
    ['Quality', 'Effect', 'Because'],
    rows.map(([quality, effect, because]) => {
      const { word, kind } = effects[effect?.text ?? ''] ?? { word: '', kind: 'same' };
      return [
        cell(quality),
        h('td', { class: `effect ${kind}` }, h('span', { 'aria-hidden': 'true' }), word),
        cell(because),
      ];
    }),
  );
}

/** Each starts with its id in bold: `**CA-1** …`. */
function guarantees(items: readonly Inline[]): readonly HTMLElement[] {
  const list = (some: readonly Inline[]): HTMLElement =>
    h('ul', { class: 'guarantees' }, ...some.map(guarantee));
  const more = items.slice(firstGuarantees);
  if (more.length === 0) return [list(items)];
  return [
    list(items.slice(0, firstGuarantees)),
    h('details', {}, h('summary', {}, `${more.length} more, ${items.length} in all`), list(more)),
  ];
}

function guarantee(item: Inline): HTMLElement {
  const parts = /^<strong>([^<]+)<\/strong>\s*(.*)$/s.exec(item.html);
  const [, id, sentence] = parts ?? [item.html, '', item.html];
  return h(
    'li',
    {},
    id ? h('code', { class: 'chip' }, id) : undefined,
    markup(h('span'), sentence ?? ''),
  );
}

function engines(rows: readonly EngineRow[]): HTMLElement {
  if (rows.length === 0) return h('p', { class: 'muted' }, 'There is no adapter for it yet.');
  const columns = [...new Set(rows.flatMap((row) => Object.keys(row.facts)))];
  return table(
    ['Engine', ...columns],
    rows.map((row) => [
      h(
        'td',
        {},
        row.title,
        row.embedded ? h('span', { class: 'muted' }, ' (embedded)') : undefined,
      ),
      ...columns.map((column) => h('td', {}, row.facts[column] ?? '–')),
    ]),
  );
}

function relations(
  all: readonly Relation[],
  openPattern: (id: string) => void,
): HTMLElement | undefined {
  if (all.length === 0) return undefined;
  const kinds = [...new Set(all.map((relation) => relation.kind))];
  return h(
    'section',
    {},
    h('h2', {}, 'Related patterns'),
    h(
      'dl',
      { class: 'relations' },
      ...kinds.flatMap((kind) => [
        h('dt', {}, relationTitles[kind]),
        h(
          'dd',
          {},
          ...all
            .filter((relation) => relation.kind === kind)
            .map((relation) => {
              const link = h('button', { type: 'button', class: 'link' }, relation.title);
              link.addEventListener('click', () => openPattern(relation.id));
              return link;
            }),
        ),
      ]),
    ),
  );
}

function table(head: readonly string[], rows: readonly (readonly HTMLElement[])[]): HTMLElement {
  return h(
    'table',
    {},
    h('thead', {}, h('tr', {}, ...head.map((title) => h('th', { scope: 'col' }, title)))),
    h('tbody', {}, ...rows.map((cells) => h('tr', {}, ...cells))),
  );
}

function cell(content: Inline | undefined): HTMLElement {
  return markup(h('td'), content?.html ?? '');
}
