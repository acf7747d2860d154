import * as vscode from 'vscode';

/** The answer of a step that the user left by the back button. */
export const back = Symbol('back');
export type Answer<T> = T | typeof back | undefined;

/** Where a step stands in its series; shown as `2/4`. */
export interface Position {
  readonly title: string;
  readonly step: number;
  readonly totalSteps: number;
}

export interface Step<Answers> {
  /** False: nothing is asked, and Back passes over it. */
  readonly applies: (answers: Answers) => boolean;
  /** The answers with this one added; undefined when the user gave up. */
  readonly ask: (answers: Answers, position: Position) => Promise<Answer<Answers>>;
}

/** Asks one step after the other. `abandoned` hears what had been answered when the user gives up. */
export async function askSteps<Answers>(
  title: string,
  steps: readonly Step<Answers>[],
  start: Answers,
  abandoned: (answers: Answers) => void,
): Promise<Answers | undefined> {
  const asked: { index: number; before: Answers }[] = [];
  let answers = start;
  for (let index = 0; index < steps.length;) {
    const step = steps[index]!;
    if (!step.applies(answers)) {
      index++;
      continue;
    }
    const open = steps.slice(index).filter((other) => other.applies(answers)).length;
    const position = { title, step: asked.length + 1, totalSteps: asked.length + open };
    const answer = await step.ask(answers, position);
    if (answer === undefined) {
      abandoned(answers);
      return undefined;
    }
    if (answer === back) {
      const previous = asked.pop();
      if (!previous) return undefined;
      ({ index, before: answers } = previous);
      continue;
    }
    asked.push({ index, before: answers });
    answers = answer;
    index++;
  }
  return answers;
}

export interface Pick<Item> extends Position {
  readonly placeholder: string;
  /** May arrive later; the list shows that it is busy until then. */
  readonly items: readonly Item[] | Promise<readonly Item[]>;
}

/** A quick pick that stays when the focus leaves it, with a back button from the second step on. */
export async function pickStep<Item extends vscode.QuickPickItem>(
  pick: Pick<Item>,
): Promise<Answer<Item>> {
  const input = vscode.window.createQuickPick<Item>();
  Object.assign(input, common(pick), {
    placeholder: pick.placeholder,
    matchOnDescription: true,
    matchOnDetail: true,
  });
  return answerOf(input, async (resolve, reject) => {
    input.onDidAccept(() => {
      const [item] = input.selectedItems;
      if (item) resolve(item);
    });
    if (pick.items instanceof Promise) input.busy = true;
    try {
      input.items = await pick.items;
      input.busy = false;
    } catch (error) {
      reject(error);
    }
  });
}

export interface TextQuestion extends Position {
  readonly prompt: string;
  readonly value: string;
  /** What is wrong with the text, if anything. */
  readonly check: (value: string) => string | undefined;
}

/** An input box that stays when the focus leaves it. */
export async function textStep(question: TextQuestion): Promise<Answer<string>> {
  const input = vscode.window.createInputBox();
  Object.assign(input, common(question), { prompt: question.prompt, value: question.value });
  return answerOf(input, (resolve) => {
    input.onDidChangeValue((value) => {
      input.validationMessage = question.check(value);
    });
    input.onDidAccept(() => {
      input.validationMessage = question.check(input.value);
      if (!input.validationMessage) resolve(input.value);
    });
  });
}

function common({ title, step, totalSteps }: Position) {
  return {
    title,
    step,
    totalSteps,
    ignoreFocusOut: true,
    buttons: step > 1 ? [vscode.QuickInputButtons.Back] : [],
  };
}

async function answerOf<T>(
  input: vscode.QuickPick<vscode.QuickPickItem> | vscode.InputBox,
  start: (resolve: (answer: T) => void, reject: (error: unknown) => void) => unknown,
): Promise<Answer<T>> {
  try {
    return await new Promise<Answer<T>>((resolve, reject) => {
      input.onDidTriggerButton(() => resolve(back));
      input.onDidHide(() => resolve(undefined));
      input.show();
      void start(resolve, reject);
    });
  } finally {
    input.dispose();
  }
}
