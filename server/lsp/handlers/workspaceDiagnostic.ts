/** workspace/diagnostic: what changed since the results that the client names. Without news the answer is held
 *  back for a while, so that an idle client does not ask every other second. */
import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkspaceDiagnosticParams,
  type WorkspaceDiagnosticReport,
  type WorkspaceDiagnosticReportPartialResult,
  type WorkspaceFullDocumentDiagnosticReport,
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
  await Promise.all(session.workspace.folders.map((folder) => folder.loaded));
  await Promise.all(session.workspace.folders.map((folder) => session.baselines.ensure(folder)));
  const { generation } = session.announcer;
  const news = await report(session, previous, token, progress);
  if (news.length > 0 || previous.size === 0) return { items: news };
  await session.announcer.next(generation, HOLD_MS, token);
  throwIfCancelled(token);
  return { items: await report(session, previous, token, progress) };
}

/** What is news to the client. In portions, where it takes them; the last one is the result. */
async function report(
  session: Session,
  previous: ReadonlyMap<string, string>,
  token: CancellationToken,
  progress: Progress,
): Promise<WorkspaceFullDocumentDiagnosticReport[]> {
  const shown = new Set<string>();
  let news: News[] = [];
  for (const folder of session.workspace.folders)
    for (const path of shownFiles(session, folder)) {
      const document = session.workspace.documentAt(folder, path);
      shown.add(document?.key ?? folder.uriOf(path));
      const item = newsOf(session, folder, path, previous, token);
      if (item !== undefined) news.push(item);
      if (progress !== undefined && news.length >= N_PARTIAL) {
        progress.report({ items: give(session, news) });
        news = [];
      }
      await session.scheduler.pause();
      throwIfCancelled(token);
    }
  return give(session, [...news, ...goneFiles(session, previous, shown)]);
}

interface News {
  readonly key: string;
  readonly report: WorkspaceFullDocumentDiagnosticReport;
}

function give(session: Session, news: readonly News[]): WorkspaceFullDocumentDiagnosticReport[] {
  for (const { key, report } of news) session.reported.note(key, report.uri, report.items.length);
  return news.map(({ report }) => report);
}

/** Closed files only if the whole workspace is to be shown. */
function shownFiles(session: Session, folder: Folder): readonly FilePath[] {
  const open = session.workspace.documents.filter((document) => document.folder === folder);
  if (folder.isLoose || folder.settings.scope === 'openFiles') return open.map((document) => document.path);
  return [...new Set([...open.map((document) => document.path), ...folder.analyzer.checkableFiles()])];
}

/** Undefined if the client has this result already, or there is nothing to say. */
function newsOf(
  session: Session,
  folder: Folder,
  path: FilePath,
  previous: ReadonlyMap<string, string>,
  token: CancellationToken,
): News | undefined {
  const document = session.workspace.documentAt(folder, path);
  const uri = document?.uri ?? folder.uriOf(path);
  const key = document?.key ?? uri;
  const previousId = previous.get(key);
  const result = session.tryCheck(folder, path, token);
  if (result === undefined || result.resultId === previousId) return undefined;
  const isEmpty = result.items.length === 0;
  if (isEmpty && previousId === undefined && !session.reported.has(key)) return undefined;
  const version = document?.text.version ?? null;
  const { resultId } = result;
  return { key, report: { uri, version, kind: FULL, resultId, items: [...result.items] } };
}

/** Empty reports for files that still show something, although they are gone or no longer to be shown. */
function goneFiles(
  session: Session,
  previous: ReadonlyMap<string, string>,
  shown: ReadonlySet<string>,
): News[] {
  const known = [...previous].filter(([, resultId]) => resultId !== GONE_ID).map(([key]) => key);
  return [...new Set([...known, ...session.reported.keys])]
    .filter((key) => !shown.has(key))
    .map((key) => {
      const uri = session.reported.uriOf(key) ?? key;
      return { key, report: { uri, version: null, kind: FULL, resultId: GONE_ID, items: [] } };
    });
}

const FULL = DocumentDiagnosticReportKind.Full;

/** No result of a check has this id, so that the same clearing is not sent again and again. */
const GONE_ID = 'gone';
