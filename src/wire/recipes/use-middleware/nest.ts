import type { CodeStyle } from '../../code.ts';
import type { Draft } from '../../draft.ts';
import type { Exported } from '../../exported.ts';
import { addImports } from '../../imports.ts';
import { isJavaScript } from '../../javascript.ts';
import type { WireContext } from '../../types.ts';
import { recordConfigure, recordInModule } from './nest-edits.ts';
import type { NestModule } from './nest-module.ts';
import type { Params } from './params.ts';

type Profile = Pick<WireContext['profile'], 'dependencies'>;

/** What the module has to import of the instance, each name once. */
export function neededByNest({ nest }: Params): readonly Exported[] {
  const all = [nest.module, nest.provider, nest.middleware].filter((one) => one !== undefined);
  return [...new Map(all.map((one) => [one.name, one])).values()];
}

/** Imports the types for a `configure` that the module lacks; none in JavaScript. */
export function importTypes(
  draft: Draft,
  { owner }: NestModule,
  { nest }: Params,
): readonly string[] {
  const isNeeded = nest.middleware !== undefined && !owner.getInstanceMethod('configure');
  if (!isNeeded || isJavaScript(draft.source.file.path)) return [];
  return addImports(
    draft,
    ['MiddlewareConsumer', 'NestModule'].map((name) => ({
      name,
      from: '@nestjs/common',
      typeOnly: true,
    })),
  );
}

interface Given {
  readonly params: Params;
  /** What the file calls `MiddlewareConsumer` and `NestModule`. */
  readonly types: readonly string[];
  readonly profile: Profile;
}

/** Records all that the params name; a reason when one of them has no place. */
export function recordNest(
  draft: Draft,
  module: NestModule,
  { params: { nest, position }, types, profile }: Given,
  local: (exported: Exported) => string,
): string | undefined {
  if (nest.middleware && module.factory) {
    return 'a middleware is applied by the class of the module, not by the function that returns it';
  }
  const routes = allRoutes(profile);
  const reasons = [
    nest.module && recordInModule(draft, module, 'imports', local(nest.module)),
    nest.provider && recordInModule(draft, module, 'providers', local(nest.provider)),
    nest.middleware &&
      recordConfigure(draft, module, local(nest.middleware), { position, routes, types }),
  ];
  return reasons.find((reason) => reason !== undefined);
}

/** What matches every route: Nest 11 came with paths that name their wildcards. */
function allRoutes({ dependencies }: Profile): string {
  const major = /\d+/.exec(
    dependencies['@nestjs/core'] ?? dependencies['@nestjs/common'] ?? '',
  )?.[0];
  return Number(major ?? 0) >= 11 ? '{*splat}' : '*';
}

/** The same by hand. */
export function snippetForNest(
  style: CodeStyle,
  { nest }: Params,
  profile: Profile,
): readonly string[] {
  const text = ({ name, path }: Exported) => name + path;
  return [
    ...(nest.module ? [`imports: [${text(nest.module)}],`] : []),
    ...(nest.provider ? [`providers: [${text(nest.provider)}],`] : []),
    ...(nest.middleware
      ? [
          'configure(consumer: MiddlewareConsumer) {',
          `${style.tab}consumer.apply(${text(nest.middleware)}).forRoutes(${style.quote(allRoutes(profile))})${style.end}`,
          '}',
        ]
      : []),
  ];
}
