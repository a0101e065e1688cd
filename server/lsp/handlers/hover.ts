/** textDocument/hover: what is wrong here, how the data gets there, and what can happen. */
import { type Hover, type HoverParams, MarkupKind } from 'vscode-languageserver';
import { CONFIG_FILES, configHover, type Finding, type FlowStep, type Rule } from '../../core/index';
import { COMMANDS } from '../../protocol/requests';
import { toLspRange } from '../convert';
import { explainLink } from '../diagnostics';
import type { Folder } from '../folder';
import type { Session } from '../session';

export function registerHover(session: Session): void {
  session.connection.onHover((params, token) =>
    session.guard('Hover', params.textDocument.uri, null, async () => {
      await session.settingsRead;
      return token.isCancellationRequested ? null : hover(session, params);
    }),
  );
}

function hover(session: Session, { textDocument, position }: HoverParams): Hover | null {
  const location = session.workspace.locate(textDocument.uri);
  if (location === undefined || location.document?.problem !== undefined) return null;
  const { folder, path } = location;
  const lines = session.workspace.linesOf(folder, path);
  const offset = lines.toOffset(position);
  const help = CONFIG_FILES.includes(path)
    ? configHover(path, folder.analyzer.textOf(path) ?? '', offset, folder.analyzer.rules())
    : undefined;
  if (help !== undefined)
    return {
      contents: { kind: MarkupKind.Markdown, value: help.markdown },
      range: toLspRange(lines, help.range),
    };
  const findings = session.checker
    .findings(folder, path)
    .filter(({ range }) => range.start <= offset && offset <= range.end);
  const first = findings[0];
  if (first === undefined) return null;
  const isMarkdown = session.client.rendersMarkdown;
  const texts = findings.map((finding) => describe(session, folder, finding, isMarkdown));
  const kind = isMarkdown ? MarkupKind.Markdown : MarkupKind.PlainText;
  return {
    contents: { kind, value: texts.join(isMarkdown ? '\n\n---\n\n' : '\n\n') },
    range: toLspRange(lines, first.range),
  };
}

function describe(session: Session, folder: Folder, finding: Finding, isMarkdown: boolean): string {
  const { ruleId, path } = finding;
  const rule = folder.analyzer.rules().find(({ id }) => id === ruleId);
  const title = rule === undefined ? ruleId : session.titleOf(rule);
  const message = session.say(finding.message);
  const steps = path.map((step, index) => describeStep(session, folder, step, index, isMarkdown)).join('\n');
  if (!isMarkdown)
    return [
      `${title} (${ruleId})`,
      message,
      ...(steps === '' ? [] : [`${session.t('The way the data takes')}:`, steps]),
      ...(rule === undefined ? [] : [`${session.t('What can happen:')} ${firstParagraph(rule)}`]),
    ].join('\n\n');
  const canExplain = session.client.commands.has(COMMANDS.explainRule);
  return [
    `**${title}** \`${ruleId}\`${canExplain ? ` · [${session.t('Explain')}](${explainLink(ruleId)})` : ''}`,
    ...(session.client.hoverShowsMessages ? [] : [message]),
    ...(rule === undefined ? [] : [`**${session.t('What can happen:')}** ${firstParagraph(rule)}`]),
    ...(steps === '' ? [] : [`**${session.t('The way the data takes')}**`, steps]),
  ].join('\n\n');
}

function describeStep(
  session: Session,
  folder: Folder,
  step: FlowStep,
  index: number,
  isMarkdown: boolean,
): string {
  const { workspace } = session;
  const line = workspace.linesOf(folder, step.file).toPosition(step.range.start).line + 1;
  const place = `${step.file}:${line}`;
  const shown = isMarkdown ? `[${place}](${workspace.uriOf(folder, step.file)}#L${line})` : place;
  return `${index + 1}. ${session.say(step.message)} (${shown})`;
}

/** What can happen, in short. */
function firstParagraph(rule: Rule): string {
  return rule.doc.happens.trim().split(/\n\s*\n/)[0] ?? '';
}
