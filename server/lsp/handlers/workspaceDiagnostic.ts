/** workspace/diagnostic: what changed since the results that the client names. Without news the answer is held
 *  back for a while, so that an idle client does not ask every other second. */
import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceDocumentDiagnosticReport,
} from 'vscode-languageserver';
import type { FilePath } from '../../core/index';
import { normalizeUri } from '../../host/uri';
import type { Folder } from '../folder';
import { type Session, throwIfCancelled } from '../session';

/** How long an answer without news is held back, in ms. */
const HOLD_MS = 10_000;
/** Files of one partial answer, where the client takes them. */
const N_PARTIAL = 50;

type Progress = ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined;

export function registerWorkspaceDiagnostic(session: Session): void {
  session.connection.languages.diagnostics.onWorkspace((params, token, _work, progress) =>
    session.guard('Workspace diagnostics', '', { items: [] }, () => answer(session, params, token, progress)),
  );
}

async function answer(
  session: Session,
  params: WorkspaceDiagnosticParams,
  token: CancellationToken,
  progress: Progress,
): Promise<WorkspaceDiagnosticReport> {
  await session.settingsRead;
  const previous = new Map(params.previousResultIds.map(({ uri, value }) => [normalizeUri(uri), value]));
  addPulled(session, previous);
  await Promise.all(session.workspace.folders.map((folder) => folder.loaded));
  const { generation } = session.announcer;
  const report = await collect(session, previous, token, progress);
  if (report.nItems > 0 || previous.size === 0) return { items: report.rest };
  await session.announcer.next(generation, HOLD_MS, token);
  throwIfCancelled(token);
  return { items: (await collect(session, previous, token, progress)).rest };
}

async function collect(
  session: Session,
  previous: ReadonlyMap<string, string>,
  token: CancellationToken,
  progress: Progress,
): Promise<{ readonly nItems: number; readonly rest: WorkspaceDocumentDiagnosticReport[] }> {
  const gone = new Map([...previous].map(([key]) => [key, true]));
  let nItems = 0;
  let rest: WorkspaceDocumentDiagnosticReport[] = [];
  for (const folder of session.workspace.folders) {
    for (const path of shownFiles(session, folder)) {
      const item = reportFile(session, folder, path, previous, token);
      gone.delete(session.workspace.documentAt(folder, path)?.key ?? folder.uriOf(path));
      if (item !== undefined) {
        nItems++;
        rest.push(item);
      }
      if (progress !== undefined && rest.length >= N_PARTIAL) {
        progress.report({ items: rest });
        rest = [];
      }
      await session.scheduler.pause();
      throwIfCancelled(token);
    }
  }
  // An empty id is one that this server never gives, so the same clearing is not sent again and again.
  for (const uri of gone.keys())
    if (previous.get(uri) !== GONE_ID) {
      nItems++;
      rest.push({
        uri,
        version: null,
        kind: DocumentDiagnosticReportKind.Full,
        resultId: GONE_ID,
        items: [],
      });
    }
  return { nItems, rest };
}

const GONE_ID = 'gone';
/** Stands for the id that the client had and forgot; never that of a result. */
const PULLED_ID = 'pulled';

/** Closed files that the client shows findings of and does not name. */
function addPulled(session: Session, previous: Map<string, string>): void {
  const open = new Set(session.workspace.documents.map(({ key }) => key));
  for (const key of session.pulled) {
    if (previous.has(key)) session.pulled.delete(key);
    else if (!open.has(key)) previous.set(key, PULLED_ID);
  }
}

/** Closed files only if the whole workspace is to be shown. */
function shownFiles(session: Session, folder: Folder): readonly FilePath[] {
  const open = session.workspace.documents.filter((document) => document.folder === folder);
  if (folder.isLoose || folder.settings.scope === 'openFiles') return open.map((document) => document.path);
  return [...new Set([...open.map((document) => document.path), ...folder.analyzer.checkableFiles()])];
}

/** Undefined if the client has this result already, or there is nothing to say. */
function reportFile(
  session: Session,
  folder: Folder,
  path: FilePath,
  previous: ReadonlyMap<string, string>,
  token: CancellationToken,
): WorkspaceDocumentDiagnosticReport | undefined {
  const document = session.workspace.documentAt(folder, path);
  const uri = document?.uri ?? folder.uriOf(path);
  const previousId = previous.get(document?.key ?? uri);
  const result = session.tryCheck(folder, path, token);
  if (result === undefined || result.resultId === previousId) return undefined;
  if (previousId === undefined && result.items.length === 0) return undefined;
  return {
    uri,
    version: document?.text.version ?? null,
    kind: DocumentDiagnosticReportKind.Full,
    resultId: result.resultId,
    items: [...result.items],
  };
}
