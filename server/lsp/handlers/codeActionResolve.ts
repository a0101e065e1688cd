/** codeAction/resolve: computes the edit now, from the present text. What the client sends back only names the
 *  finding; if it is gone, there is no edit. */
import { type CancellationToken, type CodeAction, CodeActionKind } from 'vscode-languageserver';
import { type Fix, isRecord } from '../../core/index';
import { createBudget } from '../checker';
import type { Session } from '../session';
import type { FileLocation } from '../workspace';
import { refreshTargets, toWorkspaceEdit, UnreadableTargetError } from '../workspaceEdit';
import { withReason } from './findingActions';

/** What an action carries until it is resolved: one finding's fix, another action on it, or all fixes of a rule (null:
 *  of every rule). */
export type ActionData =
  | { readonly uri: string; readonly ruleId: string; readonly fingerprint: string; readonly title: string }
  | { readonly uri: string; readonly ruleId: string; readonly fingerprint: string; readonly action: string }
  | { readonly uri: string; readonly fixAll: string | null };

/** Files on disk may change once between two looks; more often, somebody is writing all the time. */
const MAX_LOOKS = 3;

export function registerCodeActionResolve(session: Session): void {
  session.connection.onCodeActionResolve((action, token) =>
    session.guard('Resolving a fix', '', action, async () => {
      const resolved = await resolveAction(session, action, token);
      const isDone = resolved.edit !== undefined || resolved.command !== undefined;
      // What runs on every save must not talk each time.
      const isQuiet = action.kind !== CodeActionKind.QuickFix || token.isCancellationRequested;
      if (!isDone && !isQuiet)
        session.connection.window.showInformationMessage(
          resolved.disabled === undefined
            ? session.t('Moat: the code has changed, and this fix no longer applies.')
            : session.t('Moat: this fix cannot be applied, because {0}.', resolved.disabled.reason),
        );
      return resolved;
    }),
  );
}

/** The action with its edit; as it came if nothing is to be done any more. */
export async function resolveAction(
  session: Session,
  action: CodeAction,
  token: CancellationToken,
): Promise<CodeAction> {
  const data = parseData(action.data);
  if (data === undefined) return action;
  try {
    for (let look = 0; look < MAX_LOOKS && !token.isCancellationRequested; look++) {
      // Located anew each time: reading files takes a while, and documents may move.
      const location = session.workspace.locate(data.uri);
      if (location === undefined || location.document?.problem !== undefined) return action;
      const found = findFix(session, location, data, token);
      if (found === undefined || token.isCancellationRequested) return action;
      const { fix, command } = found;
      const version = location.document?.text.version;
      if (await refreshTargets(session, location.folder, fix)) continue;
      if (session.workspace.locate(data.uri)?.document?.text.version !== version) continue;
      const result = toWorkspaceEdit(session, location.folder, fix);
      if (result.kind === 'edit')
        return { ...action, edit: result.edit, ...(command === undefined ? {} : { command }) };
      return { ...action, disabled: { reason: result.reason } };
    }
  } catch (error) {
    if (!(error instanceof UnreadableTargetError)) throw error;
    return { ...action, disabled: { reason: session.t('`{0}` cannot be read', error.file) } };
  }
  return action;
}

function findFix(
  session: Session,
  { folder, path }: FileLocation,
  data: ActionData,
  token: CancellationToken,
): { readonly fix: Fix; readonly command?: CodeAction['command'] } | undefined {
  const { analyzer } = folder;
  const budget = createBudget(token);
  if ('fixAll' in data) {
    const fix = analyzer.fixAll(path, data.fixAll ?? undefined, budget);
    return fix && { fix };
  }
  if ('action' in data) {
    const found = analyzer.actionsFor(path, data.fingerprint, budget).find(({ key }) => key === data.action);
    return found && withReason(session, folder, found);
  }
  for (const offer of analyzer.fixesFor(path, data.fingerprint, budget))
    if (offer.kind === 'fix' && offer.ruleId === data.ruleId && offer.fix.title === data.title)
      return { fix: offer.fix };
  return undefined;
}

/** The client may send anything back. */
function parseData(data: unknown): ActionData | undefined {
  if (!isRecord(data) || typeof data.uri !== 'string') return undefined;
  const { uri, ruleId, fingerprint, title, action, fixAll } = data;
  if (typeof ruleId === 'string' && typeof fingerprint === 'string' && typeof action === 'string')
    return { uri, ruleId, fingerprint, action };
  if (typeof ruleId === 'string' && typeof fingerprint === 'string' && typeof title === 'string')
    return { uri, ruleId, fingerprint, title };
  return fixAll === null || typeof fixAll === 'string' ? { uri, fixAll } : undefined;
}
