import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createEngine, type Engine } from '../../../../src/engine.ts';
import { writeTexts } from './disk.ts';
import { TEMPLATES } from './engine.ts';

/** What becomes of a file of the small catalogue: its new text, or how that follows from the old one; undefined deletes it. */
export type Changes = Readonly<Record<string, string | ((text: string) => string) | undefined>>;

/** A copy of the small catalogue, as a later version of it. */
export class Catalogue {
  readonly dir: string;

  private constructor(dir: string) {
    this.dir = dir;
  }

  static async copy(): Promise<Catalogue> {
    const dir = await mkdtemp(join(tmpdir(), 'patternsmith-templates-'));
    await cp(TEMPLATES, dir, { recursive: true });
    return new Catalogue(dir);
  }

  /** @throws Error when a change changes nothing */
  async change(changes: Changes): Promise<Engine> {
    for (const [path, change] of Object.entries(changes)) {
      if (change === undefined) await rm(join(this.dir, path));
      else if (typeof change === 'string') await writeTexts(this.dir, { [path]: change });
      else {
        const before = await readFile(join(this.dir, path), 'utf8');
        const after = change(before);
        if (after === before) throw new Error(`${path} is as it was`);
        await writeFile(join(this.dir, path), after);
      }
    }
    return createEngine({ templatesDir: this.dir });
  }

  remove(): Promise<void> {
    return rm(this.dir, { recursive: true, force: true });
  }
}

/** For a `module.json`, `pattern.json` or an adapter's file. */
export function version(to: string, also: (text: string) => string = (text) => text) {
  return (text: string): string => also(text.replace(/"version": "[^"]*"/, `"version": "${to}"`));
}

export function replacing(what: string | RegExp, by: string) {
  return (text: string): string => text.replace(what, () => by);
}
