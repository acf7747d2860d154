/** Whether a file is JavaScript, in which no type may be written; so is a script without extension, as in `bin/www`. */
export const isJavaScript = (path: string): boolean => !/\.[cm]?tsx?$/.test(path);
