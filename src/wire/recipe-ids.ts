/** The ids of all recipes, for those who must know them without loading what works on source code. */
export const recipeIds: ReadonlySet<string> = new Set([
  'extract-body',
  'mount-facade',
  'replace-call',
  'start-stop',
  'strangle-function',
  'use-middleware',
  'wrap-function',
  'wrap-loader',
]);
