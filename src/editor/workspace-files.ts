import * as vscode from 'vscode';
import type { ProjectFiles } from '../project/types.ts';

/**
 * A workspace folder as the engine reads it. What is typed but not saved wins over the disk, and nothing outside the folder is read.
 * Works on any file system that VS Code has, not only on the disk.
 */
export class WorkspaceFiles implements ProjectFiles {
  readonly root: vscode.Uri;

  constructor(root: vscode.Uri) {
    this.root = root;
  }

  async read(path: string): Promise<string | undefined> {
    const uri = this.uri(path);
    return uri && readText(uri);
  }

  async list(dir: string): Promise<readonly string[]> {
    const uri = this.uri(dir);
    if (!uri) return [];
    try {
      const entries = await vscode.workspace.fs.readDirectory(uri);
      return entries.map(([name, type]) => (type & vscode.FileType.Directory ? `${name}/` : name));
    } catch (error) {
      if (isAbsent(error)) return [];
      throw error;
    }
  }

  /** The path's URI, or undefined when the path would leave the folder. */
  uri(path: string): vscode.Uri | undefined {
    return staysInside(path) ? vscode.Uri.joinPath(this.root, path) : undefined;
  }

  /** The path of a URI in this folder, or undefined when it is elsewhere. */
  path(uri: vscode.Uri): string | undefined {
    if (uri.scheme !== this.root.scheme || uri.authority !== this.root.authority) return undefined;
    const root = this.root.path.endsWith('/') ? this.root.path : `${this.root.path}/`;
    if (uri.path === this.root.path) return '';
    return uri.path.startsWith(root) ? uri.path.slice(root.length) : undefined;
  }
}

/** Relative, POSIX, and without a way up. */
export function staysInside(path: string): boolean {
  if (path.includes('\0') || path.includes('\\') || /^([a-z]:|\/)/i.test(path)) return false;
  return !path.split('/').includes('..');
}

/** Text of a file as the user sees it: unsaved typing, else the disk; undefined when there is no such file. */
export async function readText(uri: vscode.Uri): Promise<string | undefined> {
  const unsaved = dirtyDocument(uri);
  if (unsaved) return unsaved.getText();
  try {
    return await decoded(await vscode.workspace.fs.readFile(uri), uri);
  } catch (error) {
    if (isAbsent(error)) return undefined;
    throw error;
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });

/** Only for what is no UTF-8 is VS Code asked which encoding is set: it answers from another process. */
async function decoded(bytes: Uint8Array, uri: vscode.Uri): Promise<string> {
  try {
    return utf8.decode(bytes);
  } catch {
    return vscode.workspace.decode(bytes, { uri });
  }
}

function dirtyDocument(uri: vscode.Uri): vscode.TextDocument | undefined {
  const key = uri.toString();
  return vscode.workspace.textDocuments.find(
    (document) => document.isDirty && document.uri.toString() === key,
  );
}

function isAbsent(error: unknown): boolean {
  return (
    error instanceof vscode.FileSystemError &&
    ['FileNotFound', 'FileNotADirectory', 'FileIsADirectory'].includes(error.code)
  );
}

/** Documents have one kind of line end, whatever is on the disk. */
export function sameText(a: string, b: string): boolean {
  const lines = (text: string) => text.replace(/^\uFEFF/, '').replace(/\r\n?/g, '\n');
  return lines(a) === lines(b);
}
