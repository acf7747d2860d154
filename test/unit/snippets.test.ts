import { deepEqual, equal, match, ok } from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { createCacheAside } from '#rendered/cache-aside/cache-aside.ts';
import { memoryCacheStore } from '#rendered/engines/memory/cache-store.ts';

interface Snippet {
  readonly prefix: string;
  readonly description: string;
  readonly body: readonly string[];
}

const root = join(import.meta.dirname, '../..');
const files = globSync('snippets/*.json', { cwd: root }).sort();
const snippets = files.flatMap((file) =>
  Object.entries(JSON.parse(readFileSync(join(root, file), 'utf8')) as Record<string, Snippet>),
);

/** The text that a snippet inserts when every placeholder is left as it is: TextMate's syntax, as far as ours use it. */
function inserted({ body }: Snippet): string {
  const text = body.join('\n');
  let at = 0;
  const until = (end: string): string => {
    let out = '';
    while (at < text.length && text[at] !== end) {
      if (text[at] === '\\') {
        out += text[at + 1];
        at += 2;
      } else if (text[at] === '$') out += placeholder();
      else out += text[at++];
    }
    return out;
  };
  const placeholder = (): string => {
    const rest = text.slice(at);
    const simple = /^\$(?:\d+|\{\d+\})/.exec(rest)?.[0];
    const variable = /^\$[A-Z_]+/.exec(rest)?.[0];
    const choice = /^\$\{\d+\|([^,|]*)[^|]*\|\}/.exec(rest);
    const opened = /^\$\{\d+:/.exec(rest)?.[0];
    at += (simple ?? variable ?? choice?.[0] ?? opened ?? '$').length;
    if (simple !== undefined) return '';
    if (variable !== undefined) return '2027';
    if (choice !== null) return choice[1] ?? '';
    if (opened === undefined) return '$';
    const value = until('}');
    at++;
    return value;
  };
  return until('');
}

describe('snippets', () => {
  it('there is a file for each family', () => {
    deepEqual(files, ['snippets/data.json', 'snippets/design.json', 'snippets/messaging.json']);
  });

  it('prefixes are unique and begin alike, so that they do not flood completion', () => {
    const prefixes = snippets.map(([, { prefix }]) => prefix);
    equal(new Set(prefixes).size, prefixes.length);
    for (const prefix of prefixes) match(prefix, /^(dp|comp)-[a-z-]+$/);
  });

  for (const [name, snippet] of snippets) {
    it(`${name} inserts code that parses`, () => {
      const text = inserted(snippet);
      const { diagnostics = [] } = ts.transpileModule(`export {};\n${text}`, {
        reportDiagnostics: true,
        compilerOptions: { target: ts.ScriptTarget.ES2022 },
      });
      deepEqual(
        diagnostics.map(({ messageText }) => messageText),
        [],
        text,
      );
      ok(snippet.description.length > 0);
    });
  }

  it('the test of the fence that dp-cache-race-test inserts passes on the generated code', async () => {
    const [, snippet] = snippets.find(([, { prefix }]) => prefix === 'dp-cache-race-test') ?? [];
    ok(snippet);
    const code = ts.transpileModule(inserted(snippet), {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ES2022 },
    }).outputText;
    const tests: (() => Promise<void>)[] = [];
    const register = (_: string, test: () => Promise<void>) => tests.push(test);
    // The snippet is our own file.
    new Function('it', 'equal', 'createCacheAside', 'memoryCacheStore', code)(
      register,
      equal,
      createCacheAside,
      memoryCacheStore,
    );
    equal(tests.length, 1);
    await tests[0]?.();
  });
});
