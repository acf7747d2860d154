import { deepEqual, equal } from 'node:assert/strict';
import * as vscode from 'vscode';
import { activated } from './support.ts';

interface Manifest {
  readonly contributes: { readonly commands: readonly { readonly command: string }[] };
  readonly activationEvents: readonly string[];
}

describe('contributions', () => {
  it('registers every command that the manifest contributes, and no other', async () => {
    const extension = await activated();
    const { contributes } = extension.packageJSON as Manifest;
    const registered = await vscode.commands.getCommands(true);
    deepEqual(
      // VS Code itself adds commands for a view: `patternsmith.patterns.focus` and the like.
      registered.filter((id) => /^patternsmith\.\w+$/.test(id)).sort(),
      contributes.commands.map(({ command }) => command).sort(),
    );
  });

  it('is not active at start-up for its own sake', async () => {
    const { activationEvents } = (await activated()).packageJSON as Manifest;
    equal(
      activationEvents.some((event) => event === '*' || event === 'onStartupFinished'),
      false,
    );
  });
});
