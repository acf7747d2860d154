import fs, { promises as files } from 'node:fs';
import { readFile } from 'node:fs/promises';

export const one = (path: string) => fs.promises.readFile(path, 'utf8');
export const two = (path: string) => files.readFile(path);
export const three = (path: string) => readFile(path);
