/** Begins each line that the test run itself prints. */
export const outputMark = '[host] ';
