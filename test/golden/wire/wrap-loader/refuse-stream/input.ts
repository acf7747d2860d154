import { Readable } from 'node:stream';

export async function openFile(path: string): Promise<Readable> {
  return await open(path);
}
