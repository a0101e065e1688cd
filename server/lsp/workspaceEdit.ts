/** Fixes as the protocol's workspace edits, each for the text that is there now. */
import type { TextDocumentEdit, TextEdit, WorkspaceEdit } from 'vscode-languageserver';
import type { FileEdit, Fix } from '../core/index';
import { linesOf, toLspRange } from './convert';
import type { Folder } from './folder';
import type { Session } from './session';

export type EditResult =
  | { readonly kind: 'edit'; readonly edit: WorkspaceEdit }
  | { readonly kind: 'refused'; readonly reason: string };

/** Why this client cannot take the fix, or undefined if it can. */
export function whyNotApplicable(session: Session, folder: Folder, fix: Fix): string | undefined {
  const { client } = session;
  const newFile = fix.edits.find((edit) => edit.isNew);
  if (newFile === undefined) return undefined;
  if (!client.takesDocumentChanges || !client.canCreateFiles)
    return session.t('it creates `{0}`, which this editor does not support', newFile.file);
  if (folder.root.scheme === 'untitled')
    return session.t('it creates `{0}`: save this document first', newFile.file);
  return undefined;
}

export function toWorkspaceEdit(session: Session, folder: Folder, fix: Fix): EditResult {
  const reason = whyNotApplicable(session, folder, fix);
  if (reason !== undefined) return { kind: 'refused', reason };
  const edit = session.client.takesDocumentChanges
    ? { documentChanges: fix.edits.flatMap((fileEdit) => toDocumentChanges(session, folder, fileEdit)) }
    : { changes: toChanges(session, folder, fix) };
  return { kind: 'edit', edit };
}

/** Reads the closed files that a fix touches, so that the fix is made for what is on disk now.
 *  True if the analyzer learned something: the fix has to be computed again. */
export async function refreshTargets(session: Session, folder: Folder, fix: Fix): Promise<boolean> {
  let isNews = false;
  for (const { file } of fix.edits) {
    if (session.workspace.documentAt(folder, file) !== undefined) continue;
    const result = await session.files.read(folder.uriOf(file));
    if (session.workspace.documentAt(folder, file) !== undefined) continue;
    const known = folder.analyzer.textOf(file);
    if (result.kind === 'text') {
      if (result.text === known) continue;
      folder.analyzer.setFile(file, result.text);
      if (!folder.isLoose) folder.diskFiles.add(file);
    } else {
      if (result.problem !== 'missing') throw new UnreadableTargetError(file);
      if (known === undefined) continue;
      folder.forget(file);
    }
    isNews = true;
  }
  return isNews;
}

/** A fix would change a file that cannot be read: it is not written blindly. */
export class UnreadableTargetError extends Error {
  readonly file: string;

  constructor(file: string) {
    super('The target of a fix cannot be read');
    this.name = 'UnreadableTargetError';
    this.file = file;
  }
}

type DocumentChange = NonNullable<WorkspaceEdit['documentChanges']>[number];

function toDocumentChanges(session: Session, folder: Folder, fileEdit: FileEdit): DocumentChange[] {
  const uri = session.workspace.uriOf(folder, fileEdit.file);
  const version = session.workspace.documentAt(folder, fileEdit.file)?.text.version ?? null;
  const change: TextDocumentEdit = {
    textDocument: { uri, version },
    edits: toTextEdits(session, folder, fileEdit),
  };
  return fileEdit.isNew ? [{ kind: 'create', uri, options: { ignoreIfExists: true } }, change] : [change];
}

function toChanges(session: Session, folder: Folder, fix: Fix): Record<string, TextEdit[]> {
  const entries = fix.edits.map((edit) => [
    session.workspace.uriOf(folder, edit.file),
    toTextEdits(session, folder, edit),
  ]);
  return Object.fromEntries(entries);
}

function toTextEdits(session: Session, folder: Folder, { file, isNew, edits }: FileEdit): TextEdit[] {
  const lines = isNew ? linesOf('') : session.workspace.linesOf(folder, file);
  return edits.map(({ range, newText }) => ({ range: toLspRange(lines, range), newText }));
}
