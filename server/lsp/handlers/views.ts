/** moat/checklist, moat/attackSurface, moat/flow and moat/markdown: what the views show, and what they export. */
import type { CancellationToken } from 'vscode-languageserver';
import { checklistMarkdown, type Finding, isRecord, issueMarkdown, surfaceMarkdown } from '../../core/index';
import {
  ATTACK_SURFACE_REQUEST,
  type AttackSurfaceResult,
  CHECKLIST_REQUEST,
  type ChecklistResult,
  FLOW_REQUEST,
  type FlowResult,
  MARKDOWN_REQUEST,
} from '../../protocol/views';
import { createBudget } from '../checker';
import type { Folder } from '../folder';
import { type Session, throwIfCancelled } from '../session';
import { ViewMaker } from '../views';

export function registerViews(session: Session): void {
  const { connection } = session;
  connection.onRequest(CHECKLIST_REQUEST, (...given: readonly unknown[]) =>
    session.guard('The checklist', '', { isLoading: false, apps: [] }, () =>
      checklist(session, tokenOf(given)),
    ),
  );
  connection.onRequest(ATTACK_SURFACE_REQUEST, (...given: readonly unknown[]) =>
    session.guard('The attack surface', '', { isLoading: false, routes: [] }, () =>
      surface(session, tokenOf(given)),
    ),
  );
  connection.onRequest(FLOW_REQUEST, (params: unknown) =>
    session.guard('The flow', '', null, async () => {
      await session.settingsRead;
      return flow(session, params);
    }),
  );
  connection.onRequest(MARKDOWN_REQUEST, (params: unknown, token) =>
    session.guard('Markdown', '', null, () => markdown(session, params, token)),
  );
}

/** The last argument: a request without parameters comes with the token alone. */
function tokenOf(given: readonly unknown[]): CancellationToken {
  return given.at(-1) as CancellationToken;
}

async function checklist(session: Session, token: CancellationToken): Promise<ChecklistResult> {
  const { isLoading, folders } = await preparedFolders(session, token);
  const apps = folders.flatMap((folder) => {
    const maker = new ViewMaker(session, folder);
    return folder.analyzer.checklists(createBudget(token)).map((app) => maker.app(app));
  });
  return { isLoading, apps };
}

async function surface(session: Session, token: CancellationToken): Promise<AttackSurfaceResult> {
  const { isLoading, folders } = await preparedFolders(session, token);
  const routes = folders.flatMap((folder) => {
    const maker = new ViewMaker(session, folder);
    return folder.analyzer.attackSurface(createBudget(token)).map((route) => maker.route(route));
  });
  return { isLoading, routes };
}

/** Checks every file in slices, so that others are answered in between; most are known already. */
async function preparedFolders(
  session: Session,
  token: CancellationToken,
): Promise<{ readonly isLoading: boolean; readonly folders: readonly Folder[] }> {
  await session.settingsRead;
  const folders = session.workspace.folders.filter(({ config }) => config.enable);
  const loaded = folders.filter((folder) => folder.isLoaded);
  for (const folder of loaded) {
    for (const path of folder.analyzer.checkableFiles()) {
      session.tryCheck(folder, path, token);
      folder.analyzer.survey(path);
      await session.scheduler.pause();
      throwIfCancelled(token);
      if (folder.isDisposed) break;
    }
  }
  return { isLoading: loaded.length < folders.length, folders: loaded.filter((one) => !one.isDisposed) };
}

/** The finding that a client means: by its fingerprint, or by a place in it. */
function findingMeant(
  session: Session,
  params: unknown,
): { readonly folder: Folder; readonly finding: Finding } | undefined {
  if (!isRecord(params) || typeof params.uri !== 'string') return undefined;
  const location = session.workspace.locate(params.uri);
  if (location === undefined || location.document?.problem !== undefined) return undefined;
  const { folder, path } = location;
  const { fingerprint, position } = params;
  const findings = session.checker.findings(folder, path);
  if (typeof fingerprint === 'string') {
    const finding = findings.find((one) => one.fingerprint === fingerprint);
    return finding && { folder, finding };
  }
  if (!isRecord(position) || typeof position.line !== 'number' || typeof position.character !== 'number')
    return undefined;
  const lines = session.workspace.linesOf(folder, path);
  const offset = lines.toOffset({ line: position.line, character: position.character });
  const here = findings.filter(({ range }) => range.start <= offset && offset <= range.end);
  const finding = here.find((one) => one.path.length > 1) ?? here[0];
  return finding && { folder, finding };
}

function flow(session: Session, params: unknown): FlowResult | null {
  const meant = findingMeant(session, params);
  if (meant === undefined) return null;
  const { folder, finding } = meant;
  const maker = new ViewMaker(session, folder);
  const own = { file: finding.file, range: finding.range, message: finding.message };
  const steps = (finding.path.length === 0 ? [own] : finding.path).map((step) => ({
    ...maker.place(step),
    message: session.say(step.message),
  }));
  return { finding: maker.finding(finding), steps };
}

async function markdown(session: Session, params: unknown, token: CancellationToken): Promise<string | null> {
  const what = isRecord(params) ? params.what : undefined;
  if (what === 'finding') {
    const meant = findingMeant(session, params);
    const rule = meant?.folder.analyzer.rules().find(({ id }) => id === meant.finding.ruleId);
    if (meant === undefined || rule === undefined) return null;
    return issueMarkdown(meant.finding, rule, new ViewMaker(session, meant.folder).tools);
  }
  if (what !== 'checklist' && what !== 'attackSurface') return null;
  const { folders } = await preparedFolders(session, token);
  const texts = folders.map((folder) => {
    const { tools } = new ViewMaker(session, folder);
    return what === 'checklist'
      ? checklistMarkdown(folder.analyzer.checklists(createBudget(token)), tools)
      : surfaceMarkdown(folder.analyzer.attackSurface(createBudget(token)), tools);
  });
  return texts.length === 0 ? null : texts.join('\n');
}
