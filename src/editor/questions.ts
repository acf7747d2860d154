import * as vscode from 'vscode';
import type { Pattern } from '../catalog/types.ts';
import type { ScaffoldRequest } from '../plan/types.ts';
import type { ProjectProfile } from '../project/types.ts';
import { isPlanError } from './errors.ts';
import { isRequest } from './interview.ts';
import type { Draft, Interview } from './interview.ts';
import { byFamily, families, familyTitle } from './patterns.ts';
import { askSteps, back, pickStep, textStep } from './steps.ts';
import type { Answer, Position, Step } from './steps.ts';
import { targetStep } from './target-question.ts';

/**
 * Asks for what the draft lacks: the pattern, and then at most three things: what to wire, the name, the engine. Every answer but the
 * first is prefilled. Undefined: given up; what was answered is kept for the next time.
 */
export async function askForRequest(
  interview: Interview,
  draft: Draft,
): Promise<(Draft & ScaffoldRequest) | undefined> {
  const steps: Step<Draft>[] = [
    { applies: missing('pattern'), ask: askPattern(interview) },
    { applies: missing('target', (it) => wires(interview, it)), ask: targetStep(interview) },
    { applies: missing('name'), ask: askName(interview) },
    {
      applies: missing('engine', (it) => choices(interview, it).length > 1),
      ask: askEngine(interview),
    },
  ];
  const answers = await askSteps(vscode.l10n.t('Scaffold Pattern'), steps, draft, (given) => {
    void interview.remember(given.pattern === undefined ? undefined : given);
  });
  return isRequest(answers) ? answers : undefined;
}

function missing(field: keyof Draft, sensible: (it: Draft) => boolean = () => true) {
  return (answers: Draft) => answers[field] === undefined && sensible(answers);
}

function chosen({ catalog }: Interview, draft: Draft): Pattern | undefined {
  return draft.pattern === undefined ? undefined : catalog.patterns.get(draft.pattern);
}

/** Whether the pattern can be wired to something of the user's; open until the pattern is chosen. */
function wires(interview: Interview, draft: Draft): boolean {
  const wiring = chosen(interview, draft)?.scaffold?.wiring;
  return wiring === undefined || wiring.some((spec) => spec.on === 'target');
}

function choices(interview: Interview, draft: Draft): readonly string[] {
  return chosen(interview, draft)?.engines ?? ['', ''];
}

interface PatternItem extends vscode.QuickPickItem {
  readonly draft?: Draft;
}

function askPattern(interview: Interview) {
  return async (answers: Draft, position: Position): Promise<Answer<Draft>> => {
    const picking = pickStep<PatternItem>({
      ...position,
      placeholder: vscode.l10n.t('Which pattern?'),
      items: patternItems(interview, answers),
    });
    // The list needs no engine, the next question does: it loads while the user reads.
    interview.engine().catch(() => undefined);
    const item = await picking;
    return item === back ? back : item?.draft;
  };
}

function patternItems({ catalog, abandoned }: Interview, answers: Draft): readonly PatternItem[] {
  const resumed =
    abandoned?.pattern === undefined ? undefined : catalog.patterns.get(abandoned.pattern);
  const resume: PatternItem[] = resumed
    ? [
        separator(vscode.l10n.t('Continue')),
        {
          label: `$(debug-continue) ${resumed.title}`,
          description: [abandoned?.name, abandoned?.target].filter(Boolean).join(' · '),
          detail: vscode.l10n.t('Take up where you left off'),
          draft: { ...abandoned, ...answers },
        },
      ]
    : [];
  const groups = families.flatMap((family): PatternItem[] => {
    const patterns = byFamily(catalog, family).filter((pattern) => pattern.scaffold);
    return patterns.length === 0
      ? []
      : [
          separator(familyTitle(family)),
          ...patterns.map((pattern) => ({
            label: pattern.title,
            detail: pattern.intent,
            draft: { ...answers, pattern: pattern.id },
          })),
        ];
  });
  return [...resume, ...groups];
}

function separator(label: string): PatternItem {
  return { label, kind: vscode.QuickPickItemKind.Separator };
}

function askName(interview: Interview) {
  return async (answers: Draft, position: Position): Promise<Answer<Draft>> => {
    const profile = await interview.profile();
    const name = await textStep({
      ...position,
      prompt: vscode.l10n.t('Name of the instance, in {0}', answers.out ?? profile.outDir),
      value: answers.name ?? (await suggestedName(interview, answers)),
      check: (value) =>
        /^[A-Za-z][A-Za-z0-9_-]*$/.test(value)
          ? undefined
          : vscode.l10n.t('Letters, digits and hyphens, beginning with a letter: order-email'),
    });
    return typeof name === 'string' ? { ...answers, name } : name;
  };
}

/** The name that planning without one would give. */
async function suggestedName(interview: Interview, draft: Draft): Promise<string> {
  const fallback = chosen(interview, draft)?.scaffold?.defaultName ?? '';
  if (!draft.target || !isRequest(draft)) return fallback;
  try {
    const engine = await interview.engine();
    const { files, near } = interview.place;
    const plan = await engine.plan(draft, files, { near });
    return plan.instance.split('/').at(-1) ?? fallback;
  } catch (error) {
    if (isPlanError(error)) return fallback;
    throw error;
  }
}

interface EngineItem extends vscode.QuickPickItem {
  readonly id: string;
}

function askEngine(interview: Interview) {
  return async (answers: Draft, position: Position): Promise<Answer<Draft>> => {
    const profile = await interview.profile();
    const item = await pickStep<EngineItem>({
      ...position,
      placeholder: vscode.l10n.t('On which engine? One line changes it later.'),
      items: engineItems(interview, answers, profile),
    });
    return item === back ? back : item && { ...answers, engine: item.id };
  };
}

/** Engines that the project uses already come first. */
function engineItems(
  interview: Interview,
  draft: Draft,
  profile: ProjectProfile,
): readonly EngineItem[] {
  const installed = { ...profile.dependencies, ...profile.devDependencies };
  const items = choices(interview, draft).flatMap((id) => {
    const engine = interview.catalog.engines.get(id);
    if (!engine) return [];
    const evidence = engine.detectedBy.find((name) => name in installed);
    const description = engine.embedded
      ? vscode.l10n.t('in the process, no server')
      : evidence && vscode.l10n.t('{0} is in package.json', evidence);
    return [
      {
        label: engine.title,
        id,
        used: evidence !== undefined,
        ...(description ? { description } : {}),
      },
    ];
  });
  return items.sort((a, b) => Number(b.used) - Number(a.used));
}
