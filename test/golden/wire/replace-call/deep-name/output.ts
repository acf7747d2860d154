import fs, { promises as files } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { orders } from './patterns/orders.js';

export const one = (path: string) => orders.run(() => fs.promises.readFile(path, 'utf8'));
export const two = (path: string) => orders.run(() => files.readFile(path));
export const three = (path: string) => readFile(path);
