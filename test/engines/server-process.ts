import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, openSync, closeSync, readFileSync, rmSync } from 'node:fs';
import { connect, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** A server of ours: a child process on a free port with a folder of its own. */
export interface EngineServer {
  /** As the engine's variable takes it, e.g. `redis://127.0.0.1:40123`. */
  readonly url: string;
  /** Asks it to end and waits. */
  stop(): Promise<void>;
  /** SIGKILL, as a power cut for the process: what it had not written is gone. */
  kill(): Promise<void>;
  /** SIGSTOP: connections stay open and nothing answers, until `resume`. */
  pause(): void;
  resume(): void;
  /** Starts it again on the same port and data; resolves when it serves. */
  restart(): Promise<void>;
}

export interface ServerCommand {
  /** Debian package that brings the binary, named when it is missing. */
  readonly debianPackage: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
}

export interface ServerSpec {
  readonly name: string;
  readonly dir: string;
  readonly url: string;
  readonly command: ServerCommand;
  /** Resolves when the server serves, throws while it does not. */
  ping(): Promise<void>;
  /** Runs once after the last end of the process, e.g. to end helpers that it left behind. */
  cleanUp?(): void;
}

/** Engines that this run leaves out by name: `PATTERNSMITH_EXCLUDE_ENGINES=rabbitmq,redis`. */
export function isExcluded(engine: string): boolean {
  return (process.env.PATTERNSMITH_EXCLUDE_ENGINES ?? '').split(/[\s,]+/).includes(engine);
}

export const privateDir = (name: string): string =>
  mkdtempSync(join(tmpdir(), `patternsmith-${name}-`));

export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      server.close(() => resolve(port));
    });
  });
}

/** Sends `request` to a port and resolves with what comes back until `done` says enough. */
export function askPort(
  port: number,
  request: string,
  done: (answer: string) => boolean,
): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    const fail = (why: Error): void => {
      socket.destroy();
      reject(why);
    };
    socket.setTimeout(2_000, () => fail(new Error('no answer')));
    socket.once('error', fail);
    socket.once('close', () => reject(new Error(`closed after: ${answer}`)));
    socket.on('data', (chunk) => {
      answer += chunk.toString('latin1');
      if (!done(answer)) return;
      resolve(answer);
      socket.destroy();
    });
  });
}

/** A signal would end this process without its exit handlers, and leave the servers behind. */
let endsOnSignals = false;
function endOnSignals(): void {
  if (endsOnSignals) return;
  endsOnSignals = true;
  process.once('SIGTERM', () => process.exit(143));
  process.once('SIGHUP', () => process.exit(129));
}

/** Starts the server and sees to it that neither it nor its folder outlives this process. */
export async function startServer(spec: ServerSpec): Promise<EngineServer> {
  endOnSignals();
  let child = await launch(spec);
  let ended = false;
  const onExit = (): void => {
    if (ended) return;
    child.kill('SIGKILL');
    spec.cleanUp?.();
    rmSync(spec.dir, { recursive: true, force: true });
  };
  process.once('exit', onExit);
  return {
    url: spec.url,
    async stop() {
      if (ended) return;
      ended = true;
      process.off('exit', onExit);
      await end(child, 'SIGTERM');
      spec.cleanUp?.();
      rmSync(spec.dir, { recursive: true, force: true });
    },
    kill: () => end(child, 'SIGKILL'),
    pause: () => void child.kill('SIGSTOP'),
    resume: () => void child.kill('SIGCONT'),
    async restart() {
      await end(child, 'SIGTERM');
      child = await launch(spec);
    },
  };
}

async function launch(spec: ServerSpec): Promise<ChildProcess> {
  const { command, args, env, debianPackage } = spec.command;
  const log = join(spec.dir, 'output.log');
  const output = openSync(log, 'a');
  const child = spawn(command, args, {
    cwd: spec.dir,
    env: { ...process.env, ...env },
    stdio: ['ignore', output, output],
  });
  closeSync(output);
  child.unref();
  let failure: Error | undefined;
  child.once('error', (error: NodeJS.ErrnoException) => {
    failure =
      error.code === 'ENOENT'
        ? new Error(
            `${command} is not installed: \`apt-get install ${debianPackage}\`, ` +
              `or leave the engine out with PATTERNSMITH_EXCLUDE_ENGINES=${spec.name}`,
          )
        : error;
  });
  child.once('exit', (code, signal) => {
    failure ??= new Error(`${command} ended (${signal ?? code}):\n${readFileSync(log, 'utf8')}`);
  });
  for (let lastError: unknown, tries = 0; ; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
    if (failure !== undefined) throw failure;
    try {
      await spec.ping();
      return child;
    } catch (error) {
      lastError = error;
    }
    if (tries > 2_000) {
      child.kill('SIGKILL');
      throw new Error(`${command} does not serve: ${String(lastError)}`);
    }
  }
}

function end(child: ChildProcess, signal: NodeJS.Signals): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return Promise.resolve();
  child.ref();
  return new Promise((resolve) => {
    child.once('exit', () => resolve());
    child.kill(signal);
  });
}
