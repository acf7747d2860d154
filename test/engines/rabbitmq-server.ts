import { spawnSync } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { askPort, freePort, privateDir, startServer } from './server-process.ts';
import type { EngineServer } from './server-process.ts';

let shared: Promise<EngineServer> | undefined;

/** Debian's `rabbitmq-server` on the path goes through `su`, which signals do not reach; this is what it runs. */
const debianScript = '/usr/lib/rabbitmq/bin/rabbitmq-server';

/** One RabbitMQ for the whole test run; ends with the process. Use queues of your own. */
export function sharedRabbitMq(): Promise<EngineServer> {
  return (shared ??= startRabbitMq());
}

/**
 * A RabbitMQ of your own, for tests that kill it: a node with its own name, cookie, port mapper and folders, so that it
 * neither sees nor disturbs another one on this machine. No plugins.
 */
export async function startRabbitMq(): Promise<EngineServer> {
  const dir = privateDir('rabbitmq');
  const [port, distributionPort, mapperPort] = [
    await freePort(),
    await freePort(),
    await freePort(),
  ];
  const config = join(dir, 'rabbitmq.conf');
  writeFileSync(
    config,
    [
      `listeners.tcp.1 = 127.0.0.1:${port}`,
      'log.console = true',
      'log.console.level = warning',
      'log.file = false',
      'disk_free_limit.absolute = 10MB',
      '',
    ].join('\n'),
  );
  writeFileSync(join(dir, 'enabled_plugins'), '[].\n');
  const env = {
    HOME: dir,
    RABBITMQ_NODENAME: `patternsmith-${port}@localhost`,
    RABBITMQ_NODE_PORT: String(port),
    RABBITMQ_DIST_PORT: String(distributionPort),
    RABBITMQ_MNESIA_BASE: join(dir, 'data'),
    RABBITMQ_LOG_BASE: join(dir, 'log'),
    RABBITMQ_CONFIG_FILE: config,
    RABBITMQ_ENABLED_PLUGINS_FILE: join(dir, 'enabled_plugins'),
    RABBITMQ_PID_FILE: join(dir, 'pid'),
    // Without input the script stays in front of the broker and takes the signals; with it, it becomes the broker.
    RABBITMQ_ALLOW_INPUT: '1',
    RABBITMQ_SERVER_START_ARGS: '-noinput -setcookie patternsmith',
    ERL_EPMD_PORT: String(mapperPort),
    ERL_EPMD_ADDRESS: '127.0.0.1',
    // Few schedulers: it shares the machine with the tests.
    RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS: '+S 2:2 +sbwt none',
    RABBITMQ_IO_THREAD_POOL_SIZE: '32',
  };
  return startServer({
    name: 'rabbitmq',
    dir,
    url: `amqp://guest:guest@127.0.0.1:${port}`,
    command: {
      debianPackage: 'rabbitmq-server',
      command: existsSync(debianScript) ? debianScript : 'rabbitmq-server',
      args: [],
      env,
    },
    async ping() {
      // The broker speaks first after the protocol header: connection.start.
      await askPort(port, 'AMQP\0\0\u0009\u0001', (answer) => answer.includes('RabbitMQ'));
    },
    cleanUp() {
      spawnSync('epmd', ['-kill'], { env: { ...process.env, ...env }, stdio: 'ignore' });
    },
  });
}
