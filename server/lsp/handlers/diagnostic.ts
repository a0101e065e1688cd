/** textDocument/diagnostic: findings of one document, when its author pauses. */
import {
  type CancellationToken,
  type DocumentDiagnosticParams,
  type DocumentDiagnosticReport,
  DocumentDiagnosticReportKind,
} from 'vscode-languageserver';
import { type Session, throwIfCancelled } from '../session';
import type { FileLocation } from '../workspace';

/** A document that is opened while its folder is being read waits this long for the rest, in ms. */
const LOAD_WAIT_MS = 150;

const NOTHING: DocumentDiagnosticReport = { kind: DocumentDiagnosticReportKind.Full, items: [] };

export function registerDiagnostic(session: Session): void {
  session.connection.languages.diagnostics.on((params, token) =>
    session.guard('Diagnostics', params.textDocument.uri, failed(params), () =>
      answer(session, params, token),
    ),
  );
}

async function answer(
  session: Session,
  params: DocumentDiagnosticParams,
  token: CancellationToken,
): Promise<DocumentDiagnosticReport> {
  await session.settingsRead;
  const { uri } = params.textDocument;
  const opened = session.workspace.locate(uri);
  if (opened === undefined) return NOTHING;
  await rest(session, opened, token);
  await session.loader.revive(opened.document);
  throwIfCancelled(token);
  // Located again: the document may have been closed, or moved to another folder, while it rested.
  const location = session.workspace.locate(uri);
  if (location === undefined) return NOTHING;
  const { folder, path, document } = location;
  const result = session.tryCheck(folder, path, token);
  throwIfCancelled(token);
  if (result === undefined) return failed(params);
  session.reported.note(document?.key ?? folder.uriOf(path), uri, result.items.length);
  if (document !== undefined) session.announcer.gave(document, result.resultId);
  if (result.resultId === params.previousResultId)
    return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: result.resultId };
  return { kind: DocumentDiagnosticReportKind.Full, resultId: result.resultId, items: [...result.items] };
}

async function rest(session: Session, location: FileLocation, token: CancellationToken): Promise<void> {
  const { folder, document } = location;
  const { clock } = session.environment;
  if (!folder.isLoaded) await Promise.race([folder.loaded, clock.sleep(LOAD_WAIT_MS)]);
  if (document !== undefined) await session.scheduler.settle(document, token);
  if (!folder.isDisposed) await session.baselines.ensure(folder);
}

/** After a failure what was shown stays; it is better than a file that looks clean. */
function failed({ previousResultId }: DocumentDiagnosticParams): DocumentDiagnosticReport {
  if (previousResultId === undefined) return NOTHING;
  return { kind: DocumentDiagnosticReportKind.Unchanged, resultId: previousResultId };
}
