import MarkdownIt from 'markdown-it';
import type { Token } from 'markdown-it';

const markdown = new MarkdownIt({ html: false, linkify: false, typographer: false });
// The page opens links outside of the editor: web pages only.
// Nothing is loaded from elsewhere by looking at a page, which may be a project's own: a picture is a link.
markdown.disable('image');
markdown.validateLink = (url) => /^https:\/\//i.test(url);

/** One `## ` section of a `page.md`. */
export interface Section {
  readonly title: string;
  readonly body: string;
}

/** A cell or list item: its HTML, and its text without markup. */
export interface Inline {
  readonly html: string;
  readonly text: string;
}

/** Cuts at the `## ` headings that stand outside of code blocks. What comes before the first has no title. */
export function sections(text: string): readonly Section[] {
  const lines = text.split(/\r?\n/);
  const heads = markdown
    .parse(text, {})
    .flatMap((token, index, all) =>
      token.type === 'heading_open' && token.tag === 'h2' && token.map && token.level === 0
        ? [{ line: token.map[0], end: token.map[1], title: all[index + 1]?.content ?? '' }]
        : [],
    );
  return heads.map((head, index) => ({
    title: head.title,
    body: lines
      .slice(head.end, heads[index + 1]?.line ?? lines.length)
      .join('\n')
      .trim(),
  }));
}

export function html(text: string): string {
  return markdown.renderer.render(unstyled(markdown.parse(text, {})), markdown.options, {});
}

/** The rows of the first table, its head row first; empty when there is no table. */
export function tableRows(text: string): readonly (readonly Inline[])[] {
  const rows: Inline[][] = [];
  for (const token of tokensOf(text, 'table')) {
    if (token.type === 'tr_open') rows.push([]);
    if (token.type === 'inline') rows.at(-1)?.push(inline(token));
  }
  return rows;
}

/** The items of the first list, each one paragraph; empty when there is no list. */
export function listItems(text: string): readonly Inline[] {
  return tokensOf(text, 'bullet_list')
    .filter((token) => token.type === 'inline')
    .map(inline);
}

function tokensOf(text: string, block: string): readonly Token[] {
  const all = markdown.parse(text, {});
  const start = all.findIndex((token) => token.type === `${block}_open`);
  const end = all.findIndex((token, index) => index > start && token.type === `${block}_close`);
  return start < 0 ? [] : all.slice(start, end);
}

function inline(token: Token): Inline {
  const children = token.children ?? [];
  return {
    html: markdown.renderer.render(children, markdown.options, {}),
    text: children.map((child) => child.content).join(''),
  };
}

/** Column alignment would become style attributes, which the page's policy refuses. */
function unstyled(tokens: Token[]): Token[] {
  for (const token of tokens) {
    if (token.attrs) token.attrs = token.attrs.filter(([name]) => name !== 'style');
  }
  return tokens;
}
