/** workspace/diagnostic: what changed since the results that the client names. Without news the answer is held
 *  back for a while, so that an idle client does not ask every other second. */
import {
  type CancellationToken,
  DocumentDiagnosticReportKind,
  type ResultProgressReporter,
  type WorkDoneProgressReporter,
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

interface Reporters {
  readonly work: WorkDoneProgressReporter;
  /** Undefined if the client takes no portions. */
  readonly progress: ResultProgressReporter<WorkspaceDiagnosticReportPartialResult> | undefined;
}

export function registerWorkspaceDiagnostic(session: Session): void {
  session.connection.languages.diagnostics.onWorkspace((params, token, work, progress) =>
    session.guard('Workspace diagnostics', '', { items: [] }, async () => {
      work.begin(session.t('Checking files'), 0, undefined, true);
      try {
        return await answer(session, params, token, { work, progress });
      } finally {
        work.done();
      }
    }),
  );
}

async function answer(
  session: Session,
  params: WorkspaceDiagnosticParams,
  token: CancellationToken,
  reporters: Reporters,
): Promise<WorkspaceDiagnosticReport> {
  await session.settingsRead;
  const previous = new Map(params.previousResultIds.map(({ uri, value }) => [normalizeUri(uri), value]));
  await Promise.all(session.workspace.folders.map((folder) => folder.loaded));
  await Promise.all(session.workspace.folders.map((folder) => session.baselines.ensure(folder)));
  const { generation } = session.announcer;
  const { items, nNews } = await report(session, previous, token, reporters);
  if (nNews > 0 || previous.size === 0) return { items };
  reporters.work.done();
  await session.announcer.next(generation, HOLD_MS, token);
  throwIfCancelled(token);
  return { items: (await report(session, previous, token, reporters)).items };
}

/** What is news to the client, and how much of it there was. In portions, where it takes them; the last one is the
 *  result. */
async function report(
  session: Session,
  previous: ReadonlyMap<string, string>,
  token: CancellationToken,
  { work, progress }: Reporters,
): Promise<{ readonly items: WorkspaceFullDocumentDiagnosticReport[]; readonly nNews: number }> {
  const shown = new Set<string>();
  const wanted = session.workspace.folders.map((folder) => [folder, shownFiles(session, folder)] as const);
  const nWanted = wanted.reduce((sum, [, paths]) => sum + paths.length, 0);
  let news: News[] = [];
  let nGiven = 0;
  for (const [folder, paths] of wanted)
    for (const path of paths) {
      const document = session.workspace.documentAt(folder, path);
      shown.add(document?.key ?? folder.uriOf(path));
      const item = newsOf(session, folder, path, previous, token);
      if (item !== undefined) news.push(item);
      if (progress !== undefined && news.length >= N_PARTIAL) {
        progress.report({ items: give(session, news) });
        nGiven += news.length;
        news = [];
      }
      if (shown.size % N_PARTIAL === 0) work.report((100 * shown.size) / nWanted, `${shown.size}/${nWanted}`);
      await session.scheduler.pause();
      throwIfCancelled(token);
    }
  const rest = [...news, ...goneFiles(session, previous, shown)];
  return { items: give(session, rest), nNews: nGiven + rest.length };
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
