/** Findings as the protocol's diagnostics. */
import { type Diagnostic, DiagnosticSeverity, DiagnosticTag } from 'vscode-languageserver';
import { type Finding, type Severity, UNUSED_SUPPRESSION } from '../core/index';
import { COMMANDS, DIAGNOSTIC_SOURCE, NOT_CHECKED_CODE } from '../protocol/requests';
import { toLspRange } from './convert';
import type { Folder } from './folder';
import type { Session } from './session';

export function toDiagnostic(session: Session, folder: Folder, finding: Finding): Diagnostic {
  const { workspace, client } = session;
  const diagnostic: Diagnostic = {
    range: toLspRange(workspace.linesOf(folder, finding.file), finding.range),
    severity: toLspSeverity(finding.severity),
    code: finding.ruleId,
    source: DIAGNOSTIC_SOURCE,
    message: session.say(finding.message),
    data: { fingerprint: finding.fingerprint },
  };
  if (client.showsTags && finding.ruleId === UNUSED_SUPPRESSION)
    diagnostic.tags = [DiagnosticTag.Unnecessary];
  if (client.showsCodeDescription && client.commands.has(COMMANDS.explainRule))
    diagnostic.codeDescription = { href: explainLink(finding.ruleId) };
  if (client.showsRelatedInformation && finding.path.length > 0)
    diagnostic.relatedInformation = finding.path.map((step) => ({
      location: {
        uri: workspace.uriOf(folder, step.file),
        range: toLspRange(workspace.linesOf(folder, step.file), step.range),
      },
      message: session.say(step.message),
    }));
  return diagnostic;
}

/** A link that opens the rule's page in a client which knows the command. */
export function explainLink(ruleId: string): string {
  return `command:${COMMANDS.explainRule}?${encodeURIComponent(JSON.stringify([ruleId]))}`;
}

export function notCheckedDiagnostic(message: string): Diagnostic {
  return {
    range: { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } },
    severity: DiagnosticSeverity.Information,
    code: NOT_CHECKED_CODE,
    source: DIAGNOSTIC_SOURCE,
    message,
  };
}

export function toLspSeverity(severity: Severity): DiagnosticSeverity {
  switch (severity) {
    case 'error':
      return DiagnosticSeverity.Error;
    case 'warning':
      return DiagnosticSeverity.Warning;
    case 'information':
      return DiagnosticSeverity.Information;
    case 'hint':
      return DiagnosticSeverity.Hint;
  }
}
