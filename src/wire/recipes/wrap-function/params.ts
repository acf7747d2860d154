import { exportedOf, type Exported } from '../../exported.ts';

/** The params of pattern.json, checked. */
export interface Params {
  /** `paymentBreaker.run` */
  readonly call: string;
  readonly exported: Exported;
  readonly args: readonly string[];
  /** Which of the function's arguments `args` name. */
  readonly positions: readonly number[];
  readonly returns: 'promise' | 'same';
  readonly suffix: string;
}

/** The params, or what is wrong with them. */
export function paramsOf(
  params: Readonly<Record<string, unknown>>,
  camel: string,
): Params | string {
  const call = String(params['call'] ?? `${camel}.run`);
  const exported = exportedOf(call);
  if (!exported) return `the recipe's param "call" is no name with a path: ${call}`;
  const args = params['arguments'] ?? ['$work'];
  if (!Array.isArray(args) || !args.every((one) => typeof one === 'string')) {
    return 'the recipe\'s param "arguments" is no list of strings';
  }
  if (args.filter((one) => one === '$work').length !== 1) {
    return 'the recipe\'s param "arguments" does not hold "$work" once';
  }
  const returns = params['returns'] ?? 'promise';
  if (returns !== 'promise' && returns !== 'same') {
    return 'the recipe\'s param "returns" is neither "promise" nor "same"';
  }
  const suffix = String(params['suffix'] ?? 'Directly');
  if (!/^\w+$/.test(suffix)) return `the recipe's param "suffix" is no part of a name: ${suffix}`;
  const positions = args.flatMap((one) => [...one.matchAll(/\$(\d)/g)].map(([, at]) => Number(at)));
  return { call, exported, args, positions, returns, suffix };
}
