/**
 * Loads the bundles of the command line with V8's bytecode of an earlier run. Node's own compile cache holds a bundle as it is before it has run, so that
 * each process compiles each function that it calls again; this one is taken at the end of a command, with all that the command has used: 0.75 of its CPU time.
 * What is loaded so has no `import()`: src/cli/main.ts, which Node itself loads, imports for it.
 * The cache never decides anything: what is missing, damaged, or of another Node or another build is compiled from its source.
 */
import { isAscii } from 'node:buffer';
import { createHash } from 'node:crypto';
import {
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  type Stats,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { basename, dirname, isAbsolute, join } from 'node:path';
import { Script } from 'node:vm';

/** Where `lazily` of a bundle (esbuild.mjs) looks for what loads another one. */
export const LOADER = Symbol.for('patternsmith.load');

export interface CodeCache {
  /** As `require` does, for one of our bundles. @param path absolute */
  load(path: string): unknown;
  /** Saves what this run had to compile itself. Never throws: without it, the next run is slower. */
  save(): void;
}

interface Compiled {
  readonly script: Script;
  readonly sourceHash: Buffer;
  readonly file: string;
}

const HASH_BYTES = 32;

/** @param folder absolute; made for this user alone. What is in it is run as code, so it is only read where nobody else can write. */
export function codeCache(folder: string): CodeCache {
  const loaded = new Map<string, { exports: unknown }>();
  const toSave: Compiled[] = [];

  function compile(path: string): Script {
    const source = readFileSync(path);
    const sourceHash = hashOf(source);
    const file = join(folder, `${basename(path)}-${process.version}-${process.arch}`);
    const cachedData = readCode(file, sourceHash);
    const text = source.toString(isAscii(source) ? 'latin1' : 'utf8');
    // All on the first line, so that a defect is told with the bundle's own lines.
    const wrapped = `(function (exports, require, module, __filename, __dirname) { ${text}\n})`;
    const script = new Script(wrapped, {
      filename: path,
      ...(cachedData === undefined ? {} : { cachedData }),
    });
    if (cachedData === undefined || script.cachedDataRejected === true) {
      toSave.push({ script, sourceHash, file });
    }
    return script;
  }

  return {
    load(path) {
      const known = loaded.get(path);
      if (known) return known.exports;
      const module = { exports: {} };
      const run = compile(path).runInThisContext() as (...args: readonly unknown[]) => void;
      run.call(module.exports, module.exports, createRequire(path), module, path, dirname(path));
      loaded.set(path, module);
      return module.exports;
    },
    save() {
      for (const { script, sourceHash, file } of toSave) {
        writeCode(file, sourceHash, script.createCachedData());
      }
    },
  };
}

/**
 * The folder for what can be made again; undefined where the user has none, or wants no such cache (`NODE_DISABLE_COMPILE_CACHE=1`, as for
 * Node's own). Never one that depends on where the command was started: code from a project is not run.
 */
export function cacheFolder(
  env: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | undefined {
  if (env['NODE_DISABLE_COMPILE_CACHE'] === '1') return undefined;
  const named = platform === 'win32' ? env['LOCALAPPDATA'] : env['XDG_CACHE_HOME'];
  if (named !== undefined && isAbsolute(named)) return join(named, 'patternsmith');
  const home = homeFolder();
  if (home === undefined || !isAbsolute(home)) return undefined;
  return join(home, platform === 'darwin' ? 'Library/Caches' : '.cache', 'patternsmith');
}

/** A user without an entry in the system's list, as in a container, may have none. */
function homeFolder(): string | undefined {
  try {
    return homedir();
  } catch {
    return undefined;
  }
}

/** A file: hash of the rest, hash of the source that it was made from, bytecode. V8 compares no more of the source than its length. */
function readCode(file: string, sourceHash: Buffer): Buffer | undefined {
  try {
    if (![dirname(file), file].every((path) => isOursAlone(lstatSync(path)))) return undefined;
    const bytes = readFileSync(file);
    const rest = bytes.subarray(HASH_BYTES);
    const isWhole = bytes.subarray(0, HASH_BYTES).equals(hashOf(rest));
    const isOfSource = rest.subarray(0, HASH_BYTES).equals(sourceHash);
    return isWhole && isOfSource ? rest.subarray(HASH_BYTES) : undefined;
  } catch {
    return undefined;
  }
}

/** In one step, so that no other process reads half of it. */
function writeCode(file: string, sourceHash: Buffer, code: Buffer): void {
  const temp = `${file}.${process.pid}`;
  try {
    const folder = dirname(file);
    // Not `recursive`, which never returns for a folder in /proc (Node 24).
    for (const each of [dirname(folder), folder]) {
      if (!existsSync(each)) mkdirSync(each, { mode: 0o700 });
    }
    const rest = Buffer.concat([sourceHash, code]);
    const bytes = Buffer.concat([hashOf(rest), rest]);
    writeFileSync(temp, bytes, { flag: 'wx', mode: 0o600 });
    renameSync(temp, file);
  } catch {
    discard(temp);
  }
}

function discard(file: string): void {
  try {
    rmSync(file, { force: true });
  } catch {
    // It cannot be written to, so there is nothing of ours in it.
  }
}

/** On Windows a user's folders are the user's alone. */
function isOursAlone(found: Stats): boolean {
  const uid = process.getuid?.();
  const isPlain = found.isFile() || found.isDirectory();
  return isPlain && (uid === undefined || (found.uid === uid && (found.mode & 0o022) === 0));
}

function hashOf(bytes: Buffer): Buffer {
  return createHash('sha256').update(bytes).digest();
}
