import { deepEqual, equal, match } from 'node:assert/strict';
import * as vscode from 'vscode';
import {
  activated,
  closeAll,
  file,
  filesOf,
  lastError,
  restore,
  scaffold,
  type Snapshot,
  snapshot,
  tab,
  until,
} from './support.ts';

const home = '.patternsmith/templates/patterns';

/** A pattern that the project has of its own, whose hover tries to do more than to be read. */
const heartbeat = {
  id: 'heartbeat',
  title: 'Heartbeat of ours',
  family: 'design',
  version: '0.1.0',
  intent: 'Tells that somebody is alive.',
  keywords: ['alive', 'ping', 'watchdog'],
  relations: { composesWith: [], alternativeTo: [], specialCaseOf: [] },
  scaffold: {
    defaultName: 'worker',
    options: [],
    requires: ['clock'],
    ports: [],
    wiring: [],
    hover: [
      {
        imports: [],
        names: ['findById'],
        text: 'Ours. [Go](command:workbench.action.quit) ![x](https://example.com/x.png)',
      },
    ],
    files: [
      { template: 'heartbeat.ts.hbs', path: 'heartbeat/heartbeat.ts', role: 'source' },
      { template: 'heart.ts.hbs', path: '{{kebab}}-heart.ts', role: 'instance' },
    ],
  },
};

describe('own templates', () => {
  let before: Snapshot;

  beforeEach(async () => {
    await activated();
    before = snapshot();
  });

  afterEach(async () => {
    await closeAll();
    restore(before);
    await seen();
    equal(await hovers(), undefined);
  });

  const write = (path: string, text: string) =>
    vscode.workspace.fs.writeFile(file(`${home}/${path}`), new TextEncoder().encode(text));

  const writeHeartbeat = async (manifest: object = heartbeat) => {
    await write('heartbeat/heartbeat.ts.hbs', "export const beat = 'beat';\n");
    await write(
      'heartbeat/heart.ts.hbs',
      "import { beat } from './heartbeat/heartbeat.js';\n\nexport const {{camel}}Heart = beat;\n",
    );
    await write('heartbeat/pattern.json', JSON.stringify(manifest));
  };

  /** Watchers tell of new folders when they like; every command looks for itself. */
  const seen = () => vscode.commands.executeCommand('patternsmith.cancelPreview');

  /** What the pattern of the project says on hover. */
  async function hovers(): Promise<readonly vscode.MarkdownString[] | undefined> {
    const document = await vscode.workspace.openTextDocument(file('src/users/user-repository.ts'));
    const at = document.positionAt(document.getText().indexOf('findById'));
    const found = await vscode.commands.executeCommand<vscode.Hover[]>(
      'vscode.executeHoverProvider',
      document.uri,
      at,
    );
    const contents = found.map(({ contents }) => contents as vscode.MarkdownString[]);
    return contents.find(([text]) => text?.value.startsWith('Ours.'));
  }

  it('are scaffolded like those that came with Patternsmith', async () => {
    await writeHeartbeat();
    const args = { pattern: 'heartbeat', name: 'pump', target: '', apply: true } as const;
    const result = await scaffold(args);
    equal(result?.status, 'applied', await lastError());
    const text = [...filesOf(snapshot())].find(([path]) => path.endsWith('/pump-heart.ts'))?.[1];
    match(text ?? '', /export const pumpHeart = beat;/);
  });

  it('have a page without a demo', async () => {
    await writeHeartbeat();
    await vscode.commands.executeCommand('patternsmith.openPage', 'heartbeat');
    await until('the page', () => tab('Heartbeat of ours'));
  });

  it('say on hover what they like, and run no command and load no picture by it', async () => {
    await writeHeartbeat();
    await seen();
    const [text, links] = (await hovers()) ?? [];
    match(text?.value ?? '', /!\\\[x\]\(https/);
    equal(Boolean(text?.isTrusted), false);
    match(links?.value ?? '', /^\[Heartbeat of ours\]\(command:patternsmith\.openPage/);
  });

  it('that are broken are told, and nothing is scaffolded until they are put right', async () => {
    await writeHeartbeat();
    await seen();
    equal((await hovers())?.length, 2);
    await writeHeartbeat({ ...heartbeat, titel: 'x' });
    const before = filesOf(snapshot());
    equal(
      await scaffold({ pattern: 'cache-aside', name: 'a', target: '', apply: true }),
      undefined,
    );
    equal(await lastError(), 'BAD_TEMPLATE');
    deepEqual(filesOf(snapshot()), before);
    equal(await hovers(), undefined);
  });

  it('begin as a copy of what came with Patternsmith, which takes its place', async () => {
    await vscode.commands.executeCommand('patternsmith.eject', 'cache-aside');
    const manifest = file(`${home}/cache-aside/pattern.json`);
    equal(vscode.window.activeTextEditor?.document.uri.toString(), manifest.toString());
    const bytes = await vscode.workspace.fs.readFile(manifest);
    const text = new TextDecoder().decode(bytes).replace('"Cache-Aside"', '"Cache of ours"');
    await vscode.workspace.fs.writeFile(manifest, new TextEncoder().encode(text));
    await vscode.commands.executeCommand('patternsmith.openPage', 'cache-aside');
    await until('the page of the copy', () => tab('Cache of ours'));
  });

  it('are checked as they are written, by the schema that goes with their place', async () => {
    const place = file('.patternsmith/templates/');
    const problems = async (path: string) => {
      const uri = vscode.Uri.joinPath(place, path);
      await vscode.workspace.fs.writeFile(uri, new TextEncoder().encode('{ "titel": 1 }'));
      await vscode.window.showTextDocument(uri);
      const found = await until(`the problems of ${path}`, () => {
        const all = vscode.languages.getDiagnostics(uri).map(({ message }) => message);
        return all.some((message) => message.includes('titel')) && all;
      });
      return found.join('\n');
    };
    match(await problems('patterns/heartbeat/pattern.json'), /"keywords"/);
    match(await problems('kernel/beat/module.json'), /"requires"/);
    match(await problems('engines/paper/cache-store.json'), /"symbol"/);
    const engine = await problems('engines/paper/engine.json');
    match(engine, /"embedded"/);
    equal(engine.includes('"symbol"'), false);
  });
});
