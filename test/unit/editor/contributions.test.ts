import { deepEqual, equal } from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import {
  commandIds,
  contextKeys,
  hoverCommands,
  lifecycleArguments,
  pageViewType,
  patternArgument,
  scaffoldArguments,
  settingIds,
  settingsSection,
  viewIds,
} from '../../../src/editor/contributions.ts';

interface Manifest {
  readonly activationEvents: readonly string[];
  readonly capabilities: { readonly untrustedWorkspaces: { readonly supported: unknown } };
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: Readonly<Record<string, readonly { command?: string; when?: string }[]>>;
    readonly views: Readonly<Record<string, readonly { readonly id: string }[]>>;
    readonly configuration: { readonly properties: object };
  };
}

const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
const manifest = JSON.parse(text) as Manifest;
const { commands, menus, views, configuration } = manifest.contributes;

describe('the manifest and the code', () => {
  it('name the same commands', () => {
    deepEqual(commands.map(({ command }) => command).sort(), Object.values(commandIds).sort());
  });

  it('name the same settings', () => {
    deepEqual(
      Object.keys(configuration.properties).sort(),
      Object.values(settingIds)
        .map((id) => `${settingsSection}.${id}`)
        .sort(),
    );
  });

  it('name the same views, and the page that is restored', () => {
    const ids = Object.values(views).flatMap((group) => group.map(({ id }) => id));
    deepEqual(ids, Object.values(viewIds));
    equal(manifest.activationEvents.includes(`onWebviewPanel:${pageViewType}`), true);
  });

  it('use no context key that nothing sets', () => {
    const used = [...text.matchAll(/"when": "([^"]*)"/g)].flatMap(([, when = '']) =>
      [...when.matchAll(/\bpatternsmith\.\w+/g)].map(([key]) => key),
    );
    const known: readonly string[] = [...Object.values(contextKeys), ...Object.values(viewIds)];
    deepEqual(
      used.filter((key) => !known.includes(key)),
      [],
    );
  });

  it('put only commands into menus that exist', () => {
    const inMenus = Object.values(menus).flatMap((items) =>
      items.flatMap((it) => it.command ?? []),
    );
    const known: readonly string[] = Object.values(commandIds);
    deepEqual(
      inMenus.filter((command) => !known.includes(command)),
      [],
    );
  });

  it('work with limits where the workspace is not trusted', () => {
    equal(manifest.capabilities.untrustedWorkspaces.supported, 'limited');
  });

  it('let a hover run nothing but the page and the scaffold', () => {
    deepEqual(hoverCommands, ['patternsmith.openPage', 'patternsmith.scaffold']);
  });
});

describe('arguments of commands', () => {
  it('take only what has the right form', () => {
    const given = { pattern: 'cache-aside', name: 7, target: 'a.ts:b', apply: 'yes', other: 1 };
    deepEqual(scaffoldArguments(given), { pattern: 'cache-aside', target: 'a.ts:b' });
    deepEqual(scaffoldArguments({ options: { ttl: 3, f: () => 1 } }), {});
    deepEqual(scaffoldArguments({ options: { ttl: 3, on: true }, apply: true }), {
      options: { ttl: 3, on: true },
      apply: true,
    });
    for (const nonsense of [undefined, null, 'x', 1, ['pattern']]) {
      deepEqual(scaffoldArguments(nonsense), {});
    }
  });

  it('take only what has the right form for an instance', () => {
    const node = {
      kind: 'instance',
      instance: 'cqrs/order',
      package: '',
      folder: 'file:///a',
      of: {},
    };
    deepEqual(lifecycleArguments(node), {
      instance: 'cqrs/order',
      package: '',
      folder: 'file:///a',
    });
    deepEqual(lifecycleArguments({ instance: 1, engine: [], all: 'yes', apply: 1 }), {});
    deepEqual(lifecycleArguments({ all: true, apply: true }), { all: true, apply: true });
    for (const nonsense of [undefined, null, 'x', 1, ['instance']]) {
      deepEqual(lifecycleArguments(nonsense), {});
    }
  });

  it('find the pattern in an id and in a tree item', () => {
    equal(patternArgument('cqrs'), 'cqrs');
    equal(patternArgument({ pattern: 'cqrs' }), 'cqrs');
    equal(patternArgument({ pattern: 1 }), undefined);
    equal(patternArgument(undefined), undefined);
  });
});
