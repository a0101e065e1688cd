/** textDocument/didOpen, didChange, didClose: keeps the analyzers' texts equal to the client's. */
import type { DidChangeTextDocumentParams } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { applyContentChanges } from '../convert';
import type { Session } from '../session';

/** Schemes that show another version, or a piece, of a file: its findings belong to the file alone. */
const SHADOW_SCHEMES =
  /^(?:chat-editing-.*|conflictResolution|git|gitfs|gitlens.*|moat-rule|output|pr|review|search-editor|svn|vscode-local-history|vscode-notebook-cell.*|vscode-scm|vscode-timeline):/;

export function registerDocuments(session: Session): void {
  const { connection } = session;
  connection.onDidOpenTextDocument(({ textDocument }) =>
    session.guard('Opening', textDocument.uri, undefined, () => {
      const { uri, languageId, version, text } = textDocument;
      if (SHADOW_SCHEMES.test(uri)) return;
      session.announcer.changed();
      session.workspace.open(TextDocument.create(uri, languageId, version, text));
    }),
  );
  connection.onDidChangeTextDocument((params) =>
    session.guard('Changing', params.textDocument.uri, undefined, () => change(session, params)),
  );
  connection.onDidCloseTextDocument(({ textDocument }) =>
    session.guard('Closing', textDocument.uri, undefined, () => close(session, textDocument.uri)),
  );
}

function change(session: Session, { textDocument, contentChanges }: DidChangeTextDocumentParams): void {
  const document = session.workspace.document(textDocument.uri);
  if (document === undefined) return;
  const { analyzer } = document.folder;
  const edits = applyContentChanges(document.text, contentChanges, textDocument.version);
  document.changedAt = session.environment.clock.now();
  session.announcer.changed();
  const isEditable = document.problem === undefined && analyzer.hasFile(document.path);
  if (edits === undefined || !isEditable) {
    session.workspace.pushText(document);
    return;
  }
  try {
    analyzer.editFile(document.path, edits);
  } catch (error) {
    // The next change brings the whole text: an analyzer that failed half-way is not to be edited further.
    analyzer.removeFile(document.path);
    throw error;
  }
  if (analyzer.textOf(document.path)?.length !== document.text.getText().length)
    session.workspace.pushText(document);
}

/** What is on disk counts again. */
async function close(session: Session, uri: string): Promise<void> {
  const document = session.workspace.close(uri);
  if (document === undefined) return;
  const { folder, path, key } = document;
  if (session.client.pullsDiagnostics) session.announcer.forget(key);
  if (!folder.isDisposed) await session.loader.reread(folder, path);
  session.announcer.changed(folder);
}
