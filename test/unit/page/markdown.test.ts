import { deepEqual, equal, ok } from 'node:assert/strict';
import { html, listItems, sections, tableRows } from '../../../src/page/markdown.ts';

describe('markdown of a page', () => {
  it('is cut at its second-level headings, not at those within code', () => {
    const text = 'Lead.\n\n## One\n\ntext\n\n```\n## no\n```\n\n## Two `x`\n### deeper\n';
    deepEqual(sections(text), [
      { title: 'One', body: 'text\n\n```\n## no\n```' },
      { title: 'Two `x`', body: '### deeper' },
    ]);
    deepEqual(sections('no heading'), []);
  });

  it('reads tables cell by cell, head first', () => {
    const rows = tableRows('before\n\n| A | B |\n| - | - |\n| `a` | − |\n\nafter');
    deepEqual(
      rows.map((row) => row.map((cell) => cell.text)),
      [
        ['A', 'B'],
        ['a', '−'],
      ],
    );
    equal(rows[1]?.[0]?.html, '<code>a</code>');
    deepEqual(tableRows('none'), []);
  });

  it('reads list items', () => {
    deepEqual(listItems('- **X-1** One.\n- two\n'), [
      { html: '<strong>X-1</strong> One.', text: 'X-1 One.' },
      { html: 'two', text: 'two' },
    ]);
  });

  for (const [what, text] of [
    ['HTML', '<img src=x onerror=alert(1)>'],
    ['a script link', '[x](javascript:alert(1))'],
    ['a data link', '[x](data:text/html,x)'],
    ['a plain http link', '[x](http://example.com)'],
    ['a command link', '[x](command:workbench.action.quit)'],
    ['a picture from a command', '![x](command:workbench.action.quit)'],
  ] as const) {
    it(`shows ${what} as text`, () => {
      const rendered = html(text);
      ok(!/<img|href=/.test(rendered), rendered);
    });
  }

  it('shows a picture as a link', () => {
    const rendered = html(
      '![x](https://example.com/x.png)\n\n![y][1]\n\n[1]: https://example.com/y.png',
    );
    ok(!/<img|src=/.test(rendered), rendered);
    ok(rendered.includes('!<a href="https://example.com/x.png">x</a>'), rendered);
  });

  it('writes no style attribute, which the policy of the page would refuse', () => {
    ok(!html('| a |\n| :-: |\n| b |').includes('style='));
  });
});
