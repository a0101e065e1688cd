/** Actions on findings beside fixes: comments and settings that switch them off. Like fixes, they come without their
 *  edit, which is made on resolve from the text of that moment. */
import { type CodeAction, CodeActionKind, type Diagnostic } from 'vscode-languageserver';
import { applyEdits, type Finding, type FindingAction, type Fix, LineIndex } from '../../core/index';
import { COMMANDS } from '../../protocol/requests';
import type { Folder } from '../folder';
import type { Session } from '../session';
import type { FileLocation } from '../workspace';
import { whyNotApplicable } from '../workspaceEdit';
import type { ActionData } from './codeActionResolve';

/** With more findings under the cursor than this, nobody chooses among actions for each. */
const MAX_FINDINGS = 5;

export function findingActions(
  session: Session,
  { folder, path }: FileLocation,
  uri: string,
  findings: readonly Finding[],
  diagnosticOf: (finding: Finding) => Diagnostic,
): CodeAction[] {
  const seen = new Set<string>();
  return findings.slice(0, MAX_FINDINGS).flatMap((finding) => {
    const { ruleId, fingerprint } = finding;
    return folder.analyzer
      .actionsFor(path, fingerprint)
      .filter((action) => whyNotApplicable(session, folder, toFix(action)) === undefined)
      .filter(({ title, key }) => key === 'ignore-line' || (!seen.has(title) && seen.add(title)))
      .map(({ key, title }): CodeAction => {
        const data: ActionData = { uri, ruleId, fingerprint, action: key };
        const kind = CodeActionKind.QuickFix;
        return {
          title: session.say(title),
          kind,
          diagnostics: [diagnosticOf(finding)],
          data,
        };
      });
  });
}

/** The action in the shape of a fix, for what turns those into edits. */
export function toFix({ title, edits }: FindingAction): Fix {
  return { title, safety: 'review', edits };
}

/** Where a client can put the cursor, the blank for the reason stays; elsewhere nothing ends in a blank. */
export function withReason(
  session: Session,
  folder: Folder,
  action: FindingAction,
): { readonly fix: Fix; readonly command?: CodeAction['command'] } {
  const { reasonAt, edits } = action;
  if (reasonAt === undefined) return { fix: toFix(action) };
  if (!session.client.commands.has(COMMANDS.typeReason))
    return { fix: toFix({ ...action, edits: edits.map(trimmed) }) };
  const own = edits.find(({ file }) => file === reasonAt.file);
  const text = applyEdits(folder.analyzer.textOf(reasonAt.file) ?? '', own?.edits ?? []);
  const { line, character } = new LineIndex(text).toPosition(reasonAt.offset);
  const uri = session.workspace.uriOf(folder, reasonAt.file);
  const title = session.t('Type a reason');
  return {
    fix: toFix(action),
    command: { title, command: COMMANDS.typeReason, arguments: [uri, line, character] },
  };
}

function trimmed(edit: Fix['edits'][number]): Fix['edits'][number] {
  const edits = edit.edits.map(({ range, newText }) => ({
    range,
    newText: newText.replace(/ +(?=\r?\n|$)/g, ''),
  }));
  return { ...edit, edits };
}
