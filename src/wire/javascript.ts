/** Whether a file is JavaScript, in which no type may be written. */
export const isJavaScript = (path: string): boolean => /\.[cm]?jsx?$/.test(path);
