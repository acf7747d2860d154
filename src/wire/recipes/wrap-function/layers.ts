import { callables, type Callable } from '../../callables.ts';
import { Node, type Source } from '../../source.ts';

/** A function that only hands its call on: to `callee`, with a function that calls `inner`. */
export interface Layer {
  /** `paymentBreaker.run` */
  readonly callee: string;
  /** `chargeDirectly`, `#chargeDirectly` */
  readonly inner: string;
}

/** What a function is behind, the outermost first. */
export function layersOf(source: Source, callable: Callable): readonly Layer[] {
  const all = callables(source);
  const layers: Layer[] = [];
  const seen = new Set<Callable>();
  for (let at: Callable | undefined = callable; at && !seen.has(at);) {
    seen.add(at);
    const layer = layerOf(at);
    if (!layer) break;
    layers.push(layer);
    const owner: Callable['owner'] = at.owner;
    at = all.find((one) => one.owner === owner && ownName(one) === layer.inner);
  }
  return layers;
}

/** The name as it is declared, `#` included. */
const ownName = ({ symbol }: Callable): string => symbol.split('.').at(-1) ?? symbol;

/** The names of functions that became the inner ones of others, after which they are called. */
export const innerNames = (source: Source): ReadonlySet<string> =>
  new Set(
    callables(source).flatMap((one) => {
      const inner = layerOf(one)?.inner;
      const isNamedAfter =
        one.name === 'default' || inner?.replace(/^#/, '').startsWith(one.name) === true;
      return inner !== undefined && isNamedAfter ? [inner] : [];
    }),
  );

function layerOf({ fn }: Callable): Layer | undefined {
  const body = fn.getBody();
  const [only, ...more] = Node.isBlock(body) ? body.getStatements() : [];
  const answer = Node.isReturnStatement(only) && more.length === 0 ? only.getExpression() : body;
  if (!Node.isCallExpression(answer)) return undefined;
  const inner = answer.getArguments().flatMap((one) => innerCallOf(one) ?? []);
  const [name] = inner;
  return name === undefined ? undefined : { callee: answer.getExpression().getText(), inner: name };
}

/** `chargeDirectly` of `() => this.chargeDirectly(…)` and of `() => chargeDirectly.call(this, …)`. */
function innerCallOf(work: Node): string | undefined {
  const body = Node.isArrowFunction(work) ? work.getBody() : undefined;
  if (!Node.isCallExpression(body)) return undefined;
  const callee = body
    .getExpression()
    .getText()
    .replace(/\.call$/, '');
  return callee.split('.').at(-1);
}
