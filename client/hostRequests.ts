/** Files for the server, through the editor's own file system: in the browser and in virtual workspaces there
 *  is no other. Reads only. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';
import {
  LIST_FILES_REQUEST,
  type ListFilesParams,
  type ListFilesResult,
  READ_FILE_REQUEST,
  type ReadFileParams,
  type ReadFileResult,
} from '../server/protocol/requests';

export function serveFiles(client: BaseLanguageClient): vscode.Disposable {
  return vscode.Disposable.from(
    client.onRequest(LIST_FILES_REQUEST, (params: ListFilesParams) => listFiles(params)),
    client.onRequest<ReadFileResult, void>(READ_FILE_REQUEST, (params: ReadFileParams) => readFile(params)),
  );
}

/** Level by level, so that a slow file system answers many questions at once. */
async function listFiles({ rootUri, skippedFolders, maxFiles }: ListFilesParams): Promise<ListFilesResult> {
  const root = vscode.Uri.parse(rootUri);
  const skipped = new Set(skippedFolders);
  const files: string[] = [];
  const problems: { path: string; message: string }[] = [];
  let level = [''];
  while (level.length > 0 && files.length <= maxFiles) {
    const next: string[] = [];
    await Promise.all(
      level.map(async (folder) => {
        const entries = await readFolder(root, folder);
        if (typeof entries === 'string') problems.push({ path: folder, message: entries });
        else if (folder === '' || !isEnvironment(entries))
          for (const [name, type] of entries) {
            const path = folder === '' ? name : `${folder}/${name}`;
            if (type & vscode.FileType.File) files.push(path);
            // Links to folders are not followed: they may lead round in a circle.
            else if (type === vscode.FileType.Directory && !skipped.has(name)) next.push(path);
          }
      }),
    );
    level = next;
  }
  return { files: files.slice(0, maxFiles), problems, isTruncated: files.length > maxFiles };
}

/** The entries, or why there are none. */
async function readFolder(
  root: vscode.Uri,
  path: string,
): Promise<readonly [string, vscode.FileType][] | string> {
  try {
    return await vscode.workspace.fs.readDirectory(path === '' ? root : vscode.Uri.joinPath(root, path));
  } catch (error) {
    return `folder cannot be read (${codeOf(error)})`;
  }
}

/** A virtual environment, whatever it is called. */
function isEnvironment(entries: readonly [string, vscode.FileType][]): boolean {
  return entries.some(([name]) => name === 'pyvenv.cfg');
}

async function readFile({ uri, maxBytes }: ReadFileParams): Promise<ReadFileResult> {
  const target = vscode.Uri.parse(uri);
  try {
    const { size, type } = await vscode.workspace.fs.stat(target);
    if (type & vscode.FileType.Directory) return { kind: 'missing' };
    if (size > maxBytes) return { kind: 'too-large', sizeBytes: size };
    const bytes = await vscode.workspace.fs.readFile(target);
    if (bytes.length > maxBytes) return { kind: 'too-large', sizeBytes: bytes.length };
    return { kind: 'bytes', base64: toBase64(bytes) };
  } catch (error) {
    const code = codeOf(error);
    if (code === 'FileNotFound') return { kind: 'missing' };
    return { kind: 'unreadable', message: `cannot be read (${code})` };
  }
}

function codeOf(error: unknown): string {
  return error instanceof vscode.FileSystemError ? error.code : 'unknown error';
}

/** In pieces, because a call takes only so many arguments. */
function toBase64(bytes: Uint8Array): string {
  let binary = '';
  for (let i = 0; i < bytes.length; i += 8192) binary += String.fromCharCode(...bytes.subarray(i, i + 8192));
  return btoa(binary);
}
