import type { WiringSpec } from '../catalog/types.ts';
import type { ProjectProfile } from '../project/types.ts';
import type { InstanceRef, Recipe, SourceText, WireFacts } from '../wire/types.ts';
import type { UsualRoot } from './composition-root.ts';
import type { Learnt } from './learnt.ts';
import { renderDeep } from './render.ts';
import {
  inspectTarget,
  refusedTarget,
  type Route,
  symbolOf,
  type TargetName,
  targetText,
} from './target.ts';
import { wire } from './wiring.ts';

/** A place that a recipe is to wire. */
export interface Placement {
  readonly route: Route;
  readonly file: SourceText;
  readonly symbol: string | undefined;
  /** The user did not name the place: it is left alone unless the recipe can wire it. */
  readonly optional?: boolean;
  /** Why the place is not known: nothing is edited then, the recipe only tells what to paste. */
  readonly unplaced?: Unplaced;
}

export interface Unplaced {
  readonly reason: string;
  /** The code is written for a file that is not there. */
  readonly isAbsent: boolean;
}

/** What the places to wire teach about the instance. */
export interface Places {
  readonly placements: readonly Placement[];
  /** Undefined where nothing is wired. */
  readonly learnt: Learnt | undefined;
  readonly suggestedName: string | undefined;
  /** The target with its symbol, as workspace path. */
  readonly target: string | undefined;
  /** The target is wired to an instance already: what stands in that instance's files stays. */
  readonly wired: boolean;
}

export const nowhere: Places = {
  placements: [],
  learnt: undefined,
  suggestedName: undefined,
  target: undefined,
  wired: false,
};

/** What is known of the surroundings when places are looked for. */
export interface Surroundings {
  readonly wiring: readonly WiringSpec[];
  readonly recipes: ReadonlyMap<string, Recipe>;
  readonly profile: ProjectProfile;
  /** The file that starts the application, where it is certain which one does. */
  readonly root: SourceText | undefined;
  /** What is named in its place where the project has none. */
  readonly usual?: UsualRoot;
}

export interface NamedTarget {
  readonly name: TargetName;
  readonly file: SourceText;
}

/**
 * The places to wire for the target that the user named. A pattern that wires code (`on: target`) also wires the composition root;
 * one that only wires the composition root takes the target for it.
 * @throws PlanError `BAD_TARGET`, `AMBIGUOUS_TARGET`
 */
export function placesFor(target: NamedTarget, around: Surroundings, context: object): Places {
  const [main, ...rest] = groups(around, context);
  const { file, name } = target;
  const { found, refused } = inspectTarget(main ?? [], file, name.symbol, around.profile);
  if (found === undefined) throw refusedTarget(name, refused);
  const { route, inspection } = found;
  const symbol = symbolOf(found, file, name.symbol, around.profile);
  const roots = rest.map((routes) => rootPlace(routes, around));
  return {
    placements: [{ route, file, symbol }, ...roots.flatMap((each) => each.placements)],
    learnt: {
      facts: Object.assign(
        {},
        ...roots.map((each) => each.learnt?.facts),
        inspection.facts,
      ) as WireFacts,
      imports: [...inspection.imports, ...roots.flatMap((each) => each.learnt?.imports ?? [])],
    },
    suggestedName: inspection.suggestedName,
    target: targetText({ path: name.path, symbol }),
    wired: inspection.wired ?? false,
  };
}

/** Without a target, only a pattern that wires nothing but the composition root is wired, and only where that is certain. */
export function certainPlaces(around: Surroundings, context: object): Places {
  if (around.root === undefined || around.wiring.some(({ on }) => on === 'target')) return nowhere;
  const { placements, learnt } = rootPlace(groups(around, context)[0] ?? [], around);
  return placements.some(({ unplaced }) => unplaced !== undefined)
    ? nowhere
    : { ...nowhere, placements: placements.map((each) => ({ ...each, optional: true })), learnt };
}

/**
 * The places of an instance that was made before, when all that was wired is wired still; else undefined.
 * What wraps a function changes it, so this is asked of `wire` and not of `inspect`.
 */
export function placesWiredBefore(
  target: NamedTarget,
  around: Surroundings,
  context: object,
  instance: InstanceRef,
): readonly Placement[] | undefined {
  const [main = [], ...rest] = groups(around, context);
  const place = { file: target.file, symbol: target.name.symbol };
  const route = wiredRoute(main, place, around, instance);
  if (route === undefined) return undefined;
  const roots = rest.flatMap((routes) => rootPlace(routes, around).placements);
  return [
    { route, ...place },
    // It was shown when the instance was made; whether it was pasted cannot be seen from here.
    ...roots.filter(({ unplaced }) => unplaced === undefined),
  ];
}

/** Where an instance that was made before is wired in one file, which may be its target, the composition root, or both. */
export function placementsIn(
  file: SourceText,
  target: TargetName | undefined,
  around: Surroundings,
  context: object,
  instance: InstanceRef,
): readonly Placement[] {
  const [main = [], ...rest] = groups(around, context);
  const isElsewhere = target !== undefined && target.path !== file.path;
  const wanted = [
    ...(isElsewhere ? [] : [{ routes: main, symbol: target?.symbol }]),
    ...rest.map((routes) => ({ routes, symbol: undefined })),
  ];
  return wanted.flatMap(({ routes, symbol }) => {
    const route = wiredRoute(routes, { file, symbol }, around, instance);
    return route === undefined ? [] : [{ route, file, symbol }];
  });
}

/** The first route by which a place is wired to the instance. */
const wiredRoute = (
  routes: readonly Route[],
  { file, symbol }: Pick<Placement, 'file' | 'symbol'>,
  { profile }: Surroundings,
  instance: InstanceRef,
): Route | undefined =>
  routes.find(
    ({ recipe, params }) =>
      wire({ recipe, params, file, symbol }, file, instance, profile).status === 'already',
  );

/** Alternatives: of each group, the first route that fits is taken. */
function groups({ wiring, recipes }: Surroundings, context: object): readonly (readonly Route[])[] {
  return (['target', 'composition-root'] as const)
    .map((on) =>
      wiring.filter((spec) => spec.on === on).map((spec) => routeOf(spec, recipes, context)),
    )
    .filter((routes) => routes.length > 0);
}

export function routeOf(
  spec: WiringSpec,
  recipes: ReadonlyMap<string, Recipe>,
  context: object,
): Route {
  const recipe = recipes.get(spec.recipe);
  if (recipe === undefined) throw new Error(`there is no wiring recipe "${spec.recipe}"`);
  return { spec, recipe, params: renderDeep(spec.params, context) as Route['params'] };
}

function rootPlace(routes: readonly Route[], { profile, root, usual }: Surroundings): Places {
  const [first] = routes;
  if (first === undefined) return nowhere;
  const { found, refused } = root
    ? inspectTarget(routes, root, undefined, profile)
    : { found: undefined, refused: [] };
  if (root && found) {
    const { route, inspection } = found;
    const symbol = symbolOf(found, root, undefined, profile);
    return { ...nowhere, placements: [{ route, file: root, symbol }], learnt: inspection };
  }
  const [entry] = profile.entries;
  const path = root?.path ?? entry ?? usual?.path ?? profile.sourceDir;
  const reason = root
    ? refused.map((each) => each.reason).join('; ')
    : whyUnplaced(profile, path, usual);
  const isAbsent = !root && entry === undefined && usual?.isThere !== true;
  const unplaced = { reason, isAbsent };
  return {
    ...nowhere,
    placements: [{ route: first, file: { path, text: '' }, symbol: undefined, unplaced }],
  };
}

function whyUnplaced(
  { entries }: ProjectProfile,
  path: string,
  usual: UsualRoot | undefined,
): string {
  if (entries.length > 0) {
    return `it is not certain which file starts the application: ${entries.join(', ')}`;
  }
  const none = 'no file was found that starts the application';
  return usual?.isThere === true
    ? `${none} for certain: ${path} may be the one`
    : `${none}: this is how it would read in ${path}, which is not there`;
}
