import { appsIn, type App } from './hosts.ts';
import { Node, lineOf, parse, syntaxProblems, type Source } from './source.ts';
import type { Candidate, Target } from './types.ts';

export function appCandidate(source: Source, app: App): Candidate {
  const start = app.creation.getStart();
  return {
    symbol: app.name || `L${lineOf(source, start)}`,
    line: lineOf(source, start) - 1,
    start,
    end: start + (app.creation.getText().split(/[(\n]/)[0]?.length ?? 0),
    reason: `${TITLES[app.framework]} application`,
  };
}

export const TITLES: Readonly<Record<App['framework'], string>> = {
  express: 'Express',
  fastify: 'Fastify',
  nest: 'Nest',
  hono: 'Hono',
  koa: 'Koa',
  'node-http': 'node:http',
};

/** A server that only runs another application of the file is not one of its own. */
export function mountable(source: Source): readonly App[] {
  const apps = appsIn(source);
  return apps.filter(({ framework, creation }) => {
    if (framework !== 'node-http' || !Node.isCallExpression(creation)) return true;
    const args = creation.getArguments().map((argument) => argument.getText());
    return !apps.some((app) => app.framework !== 'node-http' && args.includes(app.name));
  });
}

export type FoundApp =
  | { readonly ok: true; readonly source: Source; readonly app: App }
  | { readonly ok: false; readonly reason: string; readonly candidates: readonly Candidate[] };

/** The one application that a target names; a reason and the others where it names none or several. */
export function findApp({ file, symbol }: Target): FoundApp {
  const source = parse(file);
  const [problem] = syntaxProblems(source);
  const all = problem ? [] : mountable(source);
  const line = /^L(\d+)$/.exec(symbol ?? '')?.[1];
  const fitting = all.filter(
    (app) =>
      symbol === undefined ||
      app.name === symbol ||
      lineOf(source, app.creation.getStart()) === Number(line),
  );
  const [app, ...more] = fitting;
  if (app && more.length === 0) return { ok: true, source, app };
  const reason = problem
    ? `${file.path} has a syntax error in line ${problem.line}: ${problem.message}`
    : app
      ? `${file.path} makes more than one application; name one`
      : symbol !== undefined && all.length > 0
        ? `${file.path} has no application ${symbol}`
        : `${file.path} makes no Express, Fastify, Hono, Koa or Nest application and no HTTP server`;
  return { ok: false, reason, candidates: all.map((one) => appCandidate(source, one)) };
}
