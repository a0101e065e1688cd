/** The checklist, the attack surface and single findings as Markdown, for reports and issues. No source text goes in,
 *  but for what messages quote. */
import type { Finding, Rule } from '../rules/rule';
import type { SurfaceRoute } from './attackSurface';
import type { AppChecklist, ChecklistRow, CheckPlace, CheckStatus } from './checklist';
import type { Wording } from './checklistTexts';
import { PRACTICE_TITLES } from './practices';
import { CSRF_TEXTS, HEADINGS, INPUT_TEXTS, LOGIN_TEXTS } from './surfaceTexts';

export interface MarkdownTools {
  /** A text in the reader's language. */
  say(text: string, ...args: readonly (string | number)[]): string;
  /** What rules and the engine say, in the reader's language. */
  words(text: string): string;
  titleOf(rule: Rule): string;
  /** `shop/views.py:12`. */
  at(place: CheckPlace): string;
}

const MARKS: Readonly<Record<CheckStatus, string>> = { pass: '✅', fail: '❌', unknown: '❔' };
/** Places of one row. */
const MAX_PLACES = 5;

export function checklistMarkdown(apps: readonly AppChecklist[], tools: MarkdownTools): string {
  const lines = [`# ${tools.say(HEADINGS.checklist)}`, ''];
  if (apps.length === 0) lines.push(tools.say(HEADINGS.noApp), '');
  for (const app of apps) {
    lines.push(`## ${titleOf(app)} (${tools.at(app.place)})`, '');
    for (const row of app.rows) lines.push(...rowLines(row, tools));
    lines.push('');
  }
  return lines.join('\n');
}

export function titleOf({ name, place }: AppChecklist): string {
  return name === undefined ? `\`${place.file}\`` : `\`${name}()\``;
}

function rowLines(row: ChecklistRow, tools: MarkdownTools): readonly string[] {
  const title = tools.say(PRACTICE_TITLES[row.id]);
  const places = row.findings.length === 0 ? placesText(row.places, tools) : '';
  return [
    `- ${markOf(row)} **${title}**: ${reasonText(row.reason, tools)}${places}`,
    ...(row.lines ?? []).map(
      (line) =>
        `  - ${MARKS[line.status]} ${line.name}: ${reasonText(line.reason, tools)}${placesText(line.places, tools)}`,
    ),
    ...row.findings.map(
      (finding) =>
        `  - ${tools.words(finding.severity)}: ${tools.words(finding.message)} (\`${finding.ruleId}\`, ${tools.at(finding)})`,
    ),
  ];
}

function markOf({ status, isIdle }: ChecklistRow): string {
  return isIdle === true ? '➖' : MARKS[status];
}

function reasonText({ text, args }: Wording, tools: MarkdownTools): string {
  return tools.say(text, ...args);
}

function placesText(places: readonly CheckPlace[], tools: MarkdownTools): string {
  if (places.length === 0) return '';
  const shown = places.slice(0, MAX_PLACES).map(tools.at).join(', ');
  return ` (${shown}${places.length > MAX_PLACES ? ', …' : ''})`;
}

export function surfaceMarkdown(routes: readonly SurfaceRoute[], tools: MarkdownTools): string {
  const lines = [`# ${tools.say(HEADINGS.surface)}`, ''];
  if (routes.length === 0) return [...lines, tools.say(HEADINGS.noRoute), ''].join('\n');
  lines.push(tableRow(HEADINGS.columns.map((name) => tools.say(name))));
  lines.push(tableRow(HEADINGS.columns.map(() => '---')));
  for (const route of routes) lines.push(tableRow(routeCells(route, tools)));
  return [...lines, ''].join('\n');
}

/** In the order of `HEADINGS.columns`. */
export function routeCells(route: SurfaceRoute, { say, at }: MarkdownTools): readonly string[] {
  return [
    route.methods.join(', '),
    route.rule === undefined ? say(HEADINGS.unwritten) : `\`${route.rule}\``,
    `\`${route.view}\` (${at(route)})`,
    say(LOGIN_TEXTS[route.login]),
    CSRF_TEXTS[route.csrf] === '' ? '' : say(CSRF_TEXTS[route.csrf]),
    inputWords(route, say).join(', '),
    route.findings.map(({ ruleId }) => ruleId).join(', '),
  ];
}

/** `query string (page, q)`. */
export function inputWords({ inputs }: SurfaceRoute, say: MarkdownTools['say']): readonly string[] {
  return inputs.map(({ kind, names }) => {
    const word = say(INPUT_TEXTS[kind]);
    return names.length === 0 ? word : `${word} (${names.join(', ')})`;
  });
}

function tableRow(cells: readonly string[]): string {
  return `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
}

/** What goes into an issue about one finding. */
export function issueMarkdown(
  finding: Finding,
  rule: Rule,
  { say, words, titleOf, at }: MarkdownTools,
): string {
  const { doc } = rule;
  const steps = finding.path.map((step, index) => `${index + 1}. ${words(step.message)} (${at(step)})`);
  return [
    `### ${titleOf(rule)} (\`${rule.id}\`): ${at(finding)}`,
    words(finding.message),
    ...(steps.length === 0 ? [] : [`**${say(HEADINGS.flow)}**`, steps.join('\n')]),
    `**${say(HEADINGS.happens)}**`,
    doc.happens.trim(),
    `**${say(HEADINGS.mend)}**`,
    doc.why.trim(),
    `**${say(HEADINGS.references)}**`,
    doc.references.map(({ title, url }) => `- [${title}](${url})`).join('\n'),
    '',
  ].join('\n\n');
}
