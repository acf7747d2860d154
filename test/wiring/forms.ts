import type { SourceText } from '../../src/wire/types.ts';

type Mutation = (file: SourceText) => SourceText;

const text =
  (change: (text: string) => string): Mutation =>
  (file) => ({ ...file, text: change(file.text) });
const extension =
  (to: string): Mutation =>
  (file) => ({ ...file, path: file.path.replace(/\.[cm]?tsx?$/, to) });

/** The same program, as other people's editors leave it. */
export const forms: Readonly<Record<string, Mutation>> = {
  'as it is': (file) => file,
  CRLF: text((it) => it.replace(/\r?\n/g, '\r\n')),
  'a byte order mark': text((it) => `\uFEFF${it.replace(/^\uFEFF/, '')}`),
  tabs: text((it) => it.replace(/^(?: {2})+/gm, (indent) => '\t'.repeat(indent.length / 2))),
  'no line end at the end': text((it) => it.replace(/\s+$/, '')),
  'a hashbang and a header': text(
    (it) => `#!/usr/bin/env node\n/* Copyright 🦊 */\n\n${it.replace(/^\uFEFF?(?:#!.*\n)?/, '')}`,
  ),
  'surrogates before everything': text((it) =>
    it.startsWith('#!') ? it : `// 😀 𝒳 \n${it.replace(/^\uFEFF/, '')}`,
  ),
  'one line': text((it) => (canJoin(it) ? it.replace(/\s*\r?\n\s*/g, ' ') : it)),
  '.mts': extension('.mts'),
  '.cts': extension('.cts'),
  '.tsx': extension('.tsx'),
};

/** Nothing that a line end ends: a comment, a statement without semicolon, a template. */
const canJoin = (it: string): boolean =>
  !/\/\/|`|^#!/m.test(it) &&
  it.split('\n').every((line) => /(?:[;{},([]|\*\/|^\s*)\s*$/.test(line));
