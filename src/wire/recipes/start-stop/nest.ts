import type { CodeStyle } from '../../code.ts';
import type { App } from '../../hosts.ts';
import { upperFirst } from '../../names.ts';
import { Node } from '../../source.ts';
import type { Lines } from './lines.ts';

/** What is awaited before `app.close()`, in order: the requests in hand, which may need the component, and then the component. */
export function nestClosing(app: App, { close, holdsSockets }: Lines, style: CodeStyle): string[] {
  if (holdsSockets || !makesServer(app)) return [close];
  const closed = style.arrowParameter('closed');
  return [`new Promise(${closed} => ${app.name}.getHttpServer().close(closed))`, close];
}

/** A microservice and an application context have no server. */
function makesServer({ creation, name }: App): boolean {
  const callee = Node.isCallExpression(creation) ? creation.getExpression() : undefined;
  return name !== '' && Node.isPropertyAccessExpression(callee) && callee.getName() === 'create';
}

/** Modules are destroyed from the root inwards: a provider of the root module still finds the services of all others. */
export function nestProvider({ tab, end }: CodeStyle, { name, start, close }: Lines): string {
  const className = `${upperFirst(name)}Lifecycle`;
  return [
    `// Add it to the providers of your root module: its services are destroyed before those of other modules.`,
    `@Injectable()`,
    `export class ${className} implements OnApplicationBootstrap, OnModuleDestroy {`,
    `${tab}onApplicationBootstrap() {`,
    `${tab}${tab}return ${start}${end}`,
    `${tab}}`,
    '',
    `${tab}onModuleDestroy() {`,
    `${tab}${tab}return ${close}${end}`,
    `${tab}}`,
    `}`,
  ].join('\n');
}
