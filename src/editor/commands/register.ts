import * as vscode from 'vscode';
import { commandIds, patternArgument } from '../contributions.ts';
import type { CommandId } from '../contributions.ts';
import type { ErrorReporter } from '../errors.ts';
import type { OwnTemplatesOfWorkspace } from '../own-templates.ts';
import type { Pages } from '../page-panel.ts';
import type { Patterns } from '../patterns.ts';
import type { Preview } from '../preview.ts';
import { compareWithGenerated } from './compare.ts';
import type { CompareServices } from './compare.ts';
import { eject } from './eject.ts';
import type { Lifecycle } from './lifecycle.ts';
import type { LastChange } from '../last-change.ts';
import type { Scaffolder } from './scaffold.ts';

export interface CommandServices extends CompareServices {
  readonly log: vscode.LogOutputChannel;
  readonly errors: ErrorReporter;
  readonly scaffolder: Scaffolder;
  readonly preview: Preview;
  readonly pages: Pages;
  readonly patterns: Patterns;
  readonly last: LastChange;
  readonly lifecycle: Lifecycle;
  readonly own: OwnTemplatesOfWorkspace;
}

/** Every command that the manifest contributes; a missing one does not compile. */
export function registerCommands(services: CommandServices): vscode.Disposable {
  const { log, errors, scaffolder, preview, pages } = services;
  const handlers: Record<CommandId, (...args: unknown[]) => Promise<unknown>> = {
    [commandIds.scaffold]: (args) => scaffolder.scaffold(args),
    [commandIds.scaffoldHere]: (clicked) =>
      scaffolder.scaffold({}, clicked instanceof vscode.Uri ? clicked : undefined),
    [commandIds.openPage]: (pattern) => pages.show(patternArgument(pattern)),
    [commandIds.applyPreview]: async () => preview.decide('apply'),
    [commandIds.cancelPreview]: async () => preview.decide('cancel'),
    [commandIds.undoScaffold]: () => services.last.takeBack(),
    [commandIds.status]: (args) => services.lifecycle.status(args),
    [commandIds.update]: (args) => services.lifecycle.run('update', args),
    [commandIds.remove]: (args) => services.lifecycle.run('remove', args),
    [commandIds.switchEngine]: (args) => services.lifecycle.run('switch', args),
    [commandIds.compare]: (file) => compareWithGenerated(services, file),
    [commandIds.eject]: (pattern) => eject(services.engine, services.patterns, pattern),
    [commandIds.showLog]: async () => log.show(),
  };
  return vscode.Disposable.from(
    ...Object.entries(handlers).map(([id, run]) =>
      vscode.commands.registerCommand(id, (...args: unknown[]) =>
        errors.watch(async () => {
          await services.own.refresh();
          return run(...args);
        }),
      ),
    ),
  );
}
