/** A tag of Handlebars. */
const TAG = /\{\{.*?\}\}/g;

/** What rewriting changes in a line that is otherwise the template's own. */
const IMPORT = /'(\.|\/|node:test|vitest|mocha|@jest\/globals)[^']*'/g;

/**
 * The 1-based line of the template that a line of its output comes from. Generic code keeps its lines but for re-wrapped imports; in an instance, lines of tags are gone and
 * values are filled in, so the nearest template line that could have given this text is taken, else that of the line above.
 */
export function templateLine(template: string, output: string, line: number): number {
  const source = template.split('\n').map(pattern);
  const target = output.split('\n');
  for (let at = Math.min(line, target.length) - 1; at >= 0; at--) {
    const text = bare(target[at]!);
    if (text === '') continue;
    const fits = source.flatMap((wanted, index) => (wanted.test(text) ? [index] : []));
    // Lines of tags leave no line, so a template's line never stands above its output's, but for imports.
    const nearest = fits.sort((a, b) => Math.abs(a - at) - Math.abs(b - at))[0];
    if (nearest !== undefined) return nearest + 1;
  }
  return 1;
}

function bare(line: string): string {
  return line.trim().replace(IMPORT, "''");
}

function pattern(line: string): RegExp {
  const literal = bare(line)
    .split(TAG)
    .map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  // A line of nothing but tags would fit everything.
  if (literal.length > 1 && literal.every((text) => text === '')) return /(?!)/;
  return new RegExp(`^${literal.join('.*')}$`);
}
