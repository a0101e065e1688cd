/** textDocument/codeAction: the fixes for the findings here, "fix all", and the explanation. */
import {
  type CancellationToken,
  type CodeAction,
  CodeActionKind,
  type CodeActionParams,
  type Diagnostic,
} from 'vscode-languageserver';
import type { Finding, FixOffer } from '../../core/index';
import { COMMANDS, DIAGNOSTIC_SOURCE } from '../../protocol/requests';
import { createBudget, MAX_SHOWN } from '../checker';
import { wantsKind } from '../clientFeatures';
import { fromLspRange } from '../convert';
import { toDiagnostic } from '../diagnostics';
import { type Session, throwIfCancelled } from '../session';
import type { FileLocation } from '../workspace';
import { whyNotApplicable } from '../workspaceEdit';
import { type ActionData, resolveAction } from './codeActionResolve';
import { findingActions } from './findingActions';

export const FIX_ALL_KIND = `${CodeActionKind.SourceFixAll}.moat`;

export function registerCodeAction(session: Session): void {
  session.connection.onCodeAction((params, token) =>
    session.guard('Code actions', params.textDocument.uri, [], async () => {
      await session.settingsRead;
      await session.loader.revive(session.workspace.document(params.textDocument.uri));
      throwIfCancelled(token);
      const actions = offerActions(session, params, token);
      // Clients that cannot ask for the edit later get it now.
      if (session.client.resolvesCodeActionEdits) return actions;
      const resolved = [];
      for (const action of actions) resolved.push(await resolveAction(session, action, token));
      return resolved.filter((action) => action.edit ?? action.command ?? action.disabled);
    }),
  );
}

interface Request {
  readonly session: Session;
  readonly location: FileLocation;
  readonly params: CodeActionParams;
  /** Shown findings of the file. */
  readonly findings: readonly Finding[];
}

function offerActions(session: Session, params: CodeActionParams, token: CancellationToken): CodeAction[] {
  const location = session.workspace.locate(params.textDocument.uri);
  if (location === undefined || !session.client.takesCodeActionLiterals) return [];
  if (location.document?.problem !== undefined) return [];
  const { folder, path } = location;
  const findings = session.checker.findings(folder, path, token);
  const request: Request = { session, location, params, findings };
  const { only } = params.context;
  return [
    ...(wantsKind(only, CodeActionKind.QuickFix) ? quickFixes(request, token) : []),
    ...(wantsKind(only, FIX_ALL_KIND) ? sourceFixAll(request, token) : []),
  ];
}

function quickFixes(request: Request, token: CancellationToken): CodeAction[] {
  const { session, location, params, findings } = request;
  const { folder, path } = location;
  const lines = session.workspace.linesOf(folder, path);
  const range = fromLspRange(lines, params.range);
  const here = findings.filter(
    (finding) => finding.range.start <= range.end && range.start <= finding.range.end,
  );
  if (here.length === 0) return [];
  const offers = folder.analyzer.fixesAt(path, range, createBudget(token));
  throwIfCancelled(token);
  const actions: CodeAction[] = [];
  for (const finding of here) {
    const own = offers.filter(({ fingerprint }) => fingerprint === finding.fingerprint);
    const first = own.find(({ kind }) => kind === 'fix');
    for (const offer of own) actions.push(...offerAction(request, finding, offer, offer === first));
  }
  actions.push(...fixAllOfRule(request, here), ...explanations(request, here, offers));
  const { uri } = params.textDocument;
  const others = findingActions(session, location, uri, here, (finding) => diagnosticOf(request, finding));
  return [...actions, ...others].sort(
    (a, b) => Number(b.isPreferred ?? false) - Number(a.isPreferred ?? false),
  );
}

function offerAction(request: Request, finding: Finding, offer: FixOffer, isFirst: boolean): CodeAction[] {
  const { session, location, params } = request;
  const diagnostics = [diagnosticOf(request, finding)];
  if (offer.kind === 'refused') return disabled(session, finding, session.say(offer.reason), diagnostics);
  const { fix } = offer;
  const reason = whyNotApplicable(session, location.folder, fix);
  if (reason !== undefined) return disabled(session, finding, reason, diagnostics);
  const { ruleId, fingerprint } = finding;
  const data: ActionData = { uri: params.textDocument.uri, ruleId, fingerprint, title: fix.title };
  const title = session.say(fix.title);
  const action: CodeAction = { title, kind: CodeActionKind.QuickFix, diagnostics, data };
  if (isFirst && fix.safety !== 'assist') action.isPreferred = true;
  return [action];
}

/** A fix that is not written, and why. Clients that cannot show it hear it from the explanation's title. */
function disabled(
  session: Session,
  finding: Finding,
  reason: string,
  diagnostics: Diagnostic[],
): CodeAction[] {
  if (!session.client.showsDisabledActions) return [];
  const title = session.t('Fix `{0}`', finding.ruleId);
  return [{ title, kind: CodeActionKind.QuickFix, diagnostics, disabled: { reason } }];
}

/** Offered where the file has more than one finding of the rule that a fix mends as it is. */
function fixAllOfRule(request: Request, here: readonly Finding[]): CodeAction[] {
  const { session, params, findings } = request;
  const ruleIds = new Set(here.map(({ ruleId }) => ruleId));
  const actions: CodeAction[] = [];
  for (const ruleId of ruleIds) {
    const fixable = findings.filter((finding) => finding.ruleId === ruleId && isMendable(finding));
    if (fixable.length < 2 || findings.length > MAX_SHOWN) continue;
    const data: ActionData = { uri: params.textDocument.uri, fixAll: ruleId };
    const title = session.t('Fix all `{0}` in this file', ruleId);
    const diagnostics = here
      .filter((finding) => finding.ruleId === ruleId)
      .map((finding) => diagnosticOf(request, finding));
    actions.push({ title, kind: CodeActionKind.QuickFix, diagnostics, data });
  }
  return actions;
}

/** Runs on save in many editors, so it is offered only if there is something to do. */
function sourceFixAll(
  { session, location, params, findings }: Request,
  token: CancellationToken,
): CodeAction[] {
  const { folder, path } = location;
  // In a file with this many, looking at each takes too long for something that runs on save.
  if (!findings.some(isMendable) || findings.length > MAX_SHOWN) return [];
  if (folder.analyzer.fixAll(path, undefined, createBudget(token)) === undefined) return [];
  const data: ActionData = { uri: params.textDocument.uri, fixAll: null };
  return [{ title: session.t('Fix all that Moat can fix safely'), kind: FIX_ALL_KIND, data }];
}

function isMendable({ fixSafety }: Finding): boolean {
  return fixSafety === 'safe' || fixSafety === 'review';
}

function explanations(request: Request, here: readonly Finding[], offers: readonly FixOffer[]): CodeAction[] {
  const { session } = request;
  if (!session.client.commands.has(COMMANDS.explainRule)) return [];
  const actions = new Map<string, CodeAction>();
  for (const finding of here) {
    const { ruleId, fingerprint } = finding;
    const own = offers.filter((offer) => offer.fingerprint === fingerprint);
    const refused = own.find((offer) => offer.kind === 'refused');
    const hasFix = own.some((offer) => offer.kind === 'fix');
    const title =
      refused === undefined || hasFix
        ? session.t('Explain `{0}`', ruleId)
        : session.t('Explain `{0}` ({1})', ruleId, session.say(refused.reason));
    const command = { title, command: COMMANDS.explainRule, arguments: [ruleId] };
    const diagnostics = [diagnosticOf(request, finding)];
    actions.set(title, { title, kind: CodeActionKind.QuickFix, diagnostics, command });
  }
  return [...actions.values()];
}

/** The client's own object for the finding, so that it can tell which of its squiggles the action is for. */
function diagnosticOf({ session, location, params }: Request, finding: Finding): Diagnostic {
  const own = toDiagnostic(session, location.folder, finding);
  const { start, end } = own.range;
  const sent = params.context.diagnostics.find(
    ({ source, code, range }) =>
      source === DIAGNOSTIC_SOURCE &&
      code === own.code &&
      range.start.line === start.line &&
      range.start.character === start.character &&
      range.end.line === end.line &&
      range.end.character === end.character,
  );
  return sent ?? own;
}
