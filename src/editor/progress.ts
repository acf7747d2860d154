import * as vscode from 'vscode';

/** What is done sooner than this shows nothing. */
const showAfterMs = 500;

/**
 * Runs `task`, with a cancellable notification once it has taken over half a second. Cancelling aborts the signal; the task
 * then rejects in its own way.
 */
export async function withProgress<T>(
  title: string,
  task: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  const abort = new AbortController();
  const result = task(abort.signal);
  if ((await raced(result)) === 'slow') {
    await vscode.window.withProgress(
      { location: vscode.ProgressLocation.Notification, title, cancellable: true },
      async (_, token) => {
        const listener = token.onCancellationRequested(() => abort.abort());
        await result.then(
          () => listener.dispose(),
          () => listener.dispose(),
        );
      },
    );
  }
  return result;
}

async function raced(task: Promise<unknown>): Promise<'done' | 'slow'> {
  let timer: NodeJS.Timeout | undefined;
  const slow = new Promise<'slow'>((resolve) => {
    timer = setTimeout(() => resolve('slow'), showAfterMs);
  });
  const done = task.then(
    () => 'done' as const,
    () => 'done' as const,
  );
  try {
    return await Promise.race([done, slow]);
  } finally {
    clearTimeout(timer);
  }
}
