import { exportedOf, type Exported } from '../../exported.ts';
import type { Symbol } from './uses.ts';

/** The params of pattern.json, checked. */
export interface Params {
  readonly symbol: Symbol;
  readonly template: Template;
}

/** The call that stands for the other one: `callee(before … after)`. */
export interface Template {
  /** `with` of pattern.json. */
  readonly text: string;
  readonly exported: Exported;
  /** What `…` is: the arguments of the call, or the call itself. */
  readonly keeps: 'arguments' | 'call';
  readonly before: string;
  readonly after: string;
}

const TEMPLATE = /^([\w$.]+)\(([^]*?)\$(args|call)\b([^]*)\)$/;

/** The params, or what is wrong with them. */
export function paramsOf(
  params: Readonly<Record<string, unknown>>,
  camel: string,
): Params | string {
  const { module, name } = params;
  if (typeof module !== 'string' || typeof name !== 'string' || module === '' || name === '') {
    return 'the recipe\'s params "module" and "name" do not say what is called';
  }
  const text = String(params['with'] ?? `${camel}.run(() => $call)`);
  const [, callee = '', before = '', keeps, after = ''] = TEMPLATE.exec(text) ?? [];
  const exported = exportedOf(callee);
  if (!exported || /\$(?:args|call)\b/.test(after)) {
    return `the recipe's param "with" is no call that holds $args or $call once: ${text}`;
  }
  const template: Template = {
    text,
    exported,
    keeps: keeps === 'call' ? 'call' : 'arguments',
    before,
    after,
  };
  return { symbol: { module, name }, template };
}
