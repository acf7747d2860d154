import type { Catalog } from '../../catalog/types.ts';
import { isRendered, renderText } from '../render.ts';
import type { Made } from '../settle.ts';
import type { Service } from './compose-file.ts';
import type { Variable } from './env-file.ts';

/** What instances want to stand in files of the project's configuration that are there. */
export interface ConfigEntries {
  readonly variables: readonly Variable[];
  readonly services: readonly Service[];
  readonly scripts: readonly Script[];
}

export interface Script {
  readonly name: string;
  readonly command: string;
}

/** What one instance wants: for its engine, and what its pattern says. */
export function configEntries(
  { instance, engine: id, context }: Pick<Made, 'instance' | 'engine' | 'context'>,
  { engines, patterns }: Catalog,
): ConfigEntries {
  const { env, compose } = engines.get(id) ?? {};
  const { env: own = [], scripts = [] } =
    patterns.get(instance.split('/')[0] ?? '')?.scaffold ?? {};
  const url = env && { name: env.name, value: env.default };
  return {
    variables: [
      ...(url ? [url] : []),
      ...own
        .filter((each) => isRendered(each, context))
        .map((each) => ({
          name: renderText(each.name, context),
          value: renderText(each.default, context),
        })),
    ],
    services: compose ? [{ ...compose, name: id, url }] : [],
    scripts: scripts
      .filter((each) => isRendered(each, context))
      .map((each) => ({
        name: renderText(each.name, context),
        command: renderText(each.command, context),
      })),
  };
}

export function allEntries(each: readonly ConfigEntries[]): ConfigEntries {
  return {
    variables: each.flatMap(({ variables }) => variables),
    services: each.flatMap(({ services }) => services),
    scripts: each.flatMap(({ scripts }) => scripts),
  };
}
