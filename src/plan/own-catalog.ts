import { relative, sep } from 'node:path';
import { checkCatalog } from '../catalog/check.ts';
import { CatalogError, type Problem } from '../catalog/errors.ts';
import { catalogOf, loadCatalog, type LoadOptions, readTemplates } from '../catalog/load.ts';
import { type OwnTemplates, readOwn } from '../catalog/own.ts';
import type { Catalog } from '../catalog/types.ts';
import { recipeIds } from '../wire/recipe-ids.ts';
import { asPlanError, PlanError } from './errors.ts';
import { checkOwn } from './own-check.ts';
import { printable } from './paths.ts';
import { TemplateError } from './render.ts';

/** Told all at once, up to this many. */
const MAX_TOLD = 20;

/**
 * What comes with the product, overlaid by a project's own templates: a unit of the same id takes the place of the whole unit, and what is
 * nearer to the package that of what is farther. One bad manifest or template refuses all: a project that has own templates does not
 * want what they replace.
 * @param own outermost first
 * @throws PlanError `BAD_TEMPLATE`
 */
export async function catalogWith(
  templatesDir: string,
  own: readonly OwnTemplates[],
): Promise<Catalog> {
  if (own.length === 0) return loadCatalog(templatesDir);
  const validate = await schemas();
  const [builtIn, ...layers] = await Promise.all([
    readTemplates(templatesDir),
    ...own.map((each) =>
      readOwn(each, validate).catch((error: unknown) => {
        throw error instanceof CatalogError ? badTemplates(problemsOf(error, each)) : error;
      }),
    ),
  ]);
  const catalog = catalogOf([builtIn, ...layers]);
  // What leads nowhere is told before anything is rendered with it.
  const dangling = checkCatalog(catalog, (unit) => unit.own !== undefined);
  const problems = dangling.length > 0 ? dangling : await checkOwn(catalog, recipeIds);
  if (problems.length > 0) throw badTemplates(problems);
  return catalog;
}

let compiled: Promise<NonNullable<LoadOptions['validate']>> | undefined;

/** The compiler of schemas is a bundle of its own. */
function schemas(): NonNullable<typeof compiled> {
  compiled ??= import('../catalog/validate.ts').then(({ manifestValidator }) =>
    manifestValidator(),
  );
  return compiled;
}

/** As `asPlanError`, where a template that cannot be rendered may be one of the project's own. */
export function asToldError(error: unknown, own: readonly OwnTemplates[]): unknown {
  if (!(error instanceof TemplateError)) return asPlanError(error);
  const home = own.find(({ dir }) => error.template.startsWith(`${dir}${sep}`));
  if (home === undefined) return error;
  const path = `${home.name}/${relative(home.dir, error.template).split(sep).join('/')}`;
  return badTemplates([{ path, message: error.problem }]);
}

function problemsOf({ file, problems }: CatalogError, { dir, name }: OwnTemplates): Problem[] {
  const place = [name, ...relative(dir, file).split(sep)].filter(Boolean).join('/');
  return problems.map(({ path, message }) => ({
    path: path === '' ? place : `${place}: ${path}`,
    message,
  }));
}

/** Of one or more own templates; the first is told in the message, all are among the choices. */
function badTemplates(problems: readonly Problem[]): PlanError {
  const lines = problems.map(({ path, message }) => printable(`${path}: ${message}`, 400));
  const more = lines.length > 1 ? ` (and ${lines.length - 1} more)` : '';
  return new PlanError(
    'BAD_TEMPLATE',
    `An own template cannot be used: ${lines[0]}${more}. Nothing was written.`,
    'Correct it, or go without own templates: --no-own-templates on the command line.',
    lines.length > 1 ? lines.slice(0, MAX_TOLD) : [],
  );
}
