import { equal } from 'node:assert/strict';
import { templateLine } from '../../../scripts/lib/template-lines.ts';

describe('templateLine', () => {
  it('is the same line for generic code, imports rewritten or not', () => {
    const template = "import { a } from '../kernel/a.js';\n\nexport const b = a(1);\n";
    const output = template.replace('../kernel/a.js', '../../src/patterns/kernel/a');
    for (const line of [1, 3]) equal(templateLine(template, output, line), line);
  });

  it('finds lines again below an import that was wrapped', () => {
    const template = "import { a, b } from './x.js';\n\nexport const c = 1;\nexport const d = 2;\n";
    const output =
      "import {\n  a,\n  b,\n} from './x.js';\n\nexport const c = 1;\nexport const d = 2;\n";
    equal(templateLine(template, output, 6), 3);
    equal(templateLine(template, output, 7), 4);
  });

  it('finds the line whose tags were filled in, below lines of tags that are gone', () => {
    const template = [
      '{{#if wired}}',
      '{{imports}}',
      '{{/if}}',
      "import { {{ports.store.symbol}} } from '{{ports.store.from}}';",
      '',
      'export const {{camel}} = 1;',
      'export const x{{pascal}}: string = 2;',
    ].join('\n');
    const output = [
      "import { memoryStore } from './engines/memory/store.js';",
      '',
      'export const user = 1;',
      'export const xUser: string = 2;',
    ].join('\n');
    equal(templateLine(template, output, 1), 4);
    equal(templateLine(template, output, 3), 6);
    equal(templateLine(template, output, 4), 7);
  });

  it('points to the line above for text that Prettier broke', () => {
    const template = 'const a = 1;\ncall({{long}}, 2);\nconst b = 3;\n';
    const output = 'const a = 1;\ncall(\n  something.long,\n  2,\n);\nconst b = 3;\n';
    equal(templateLine(template, output, 3), 1);
    equal(templateLine(template, output, 6), 3);
  });
});
