import { askPort, freePort, privateDir, startServer } from './server-process.ts';
import type { EngineServer } from './server-process.ts';

let shared: Promise<EngineServer> | undefined;

/** One Redis for the whole test run; ends with the process. Use keys of your own. */
export function sharedRedis(): Promise<EngineServer> {
  return (shared ??= startRedis());
}

/**
 * A Redis of your own, for tests that kill it. Every write is on disk before its reply (`appendfsync always`), so what
 * was acknowledged survives `kill()` and `restart()`. `own`: settings in addition, as redis.conf names them.
 */
export async function startRedis(
  own: Readonly<Record<string, string>> = {},
): Promise<EngineServer> {
  const dir = privateDir('redis');
  const port = await freePort();
  const settings = {
    port: String(port),
    bind: '127.0.0.1',
    dir,
    save: '',
    appendonly: 'yes',
    appendfsync: 'always',
    'aof-load-truncated': 'yes',
    ...own,
  };
  return startServer({
    name: 'redis',
    dir,
    url: `redis://127.0.0.1:${port}`,
    command: {
      debianPackage: 'redis-server',
      command: 'redis-server',
      args: Object.entries(settings).flatMap(([name, value]) => [`--${name}`, value]),
    },
    async ping() {
      await askPort(port, 'PING\r\n', (answer) => answer.includes('+PONG'));
    },
  });
}
