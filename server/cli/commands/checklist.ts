/** `moat checklist`: what each app keeps of what a safe app promises. */
import {
  type ChecklistRow,
  type CheckStatus,
  checklistMarkdown,
  HEADINGS,
  PRACTICE_TITLES,
  titleOf,
  worded,
} from '../../core/index';
import { type Overlooked, overviewCommand } from '../overview';
import { type Style, toPrintable } from '../style';

export const checklist = overviewCommand({
  name: 'checklist',
  summary: 'say what an app keeps of what a safe app promises',
  about: `Goes through the practices of a safe Flask app and says of each whether the code keeps
to it, with the places that show it. What the code cannot show stays open.`,
  toText: (folder) => {
    const apps = folder.analyzer.checklists();
    if (apps.length === 0) return `${HEADINGS.noApp}\n`;
    return apps
      .map((app) => {
        const title = `${folder.style.bold(titleOf(app))} ${folder.style.dim(folder.tools.at(app.place))}`;
        return [title, ...app.rows.flatMap((row) => rowLines(folder, row)), ''].join('\n');
      })
      .join('\n');
  },
  toMarkdown: ({ analyzer, tools }) => checklistMarkdown(analyzer.checklists(), tools),
  toJson: ({ analyzer, where }) =>
    analyzer.checklists().map(({ name, place, rows }) => ({
      name: name ?? null,
      ...where(place),
      rows: rows.map((row) => ({
        id: row.id,
        title: PRACTICE_TITLES[row.id],
        status: row.status,
        reason: worded(row.reason),
        parts: (row.lines ?? []).map(({ name: part, status, reason, places }) => ({
          name: part,
          status,
          reason: worded(reason),
          places: places.map(where),
        })),
        places: row.places.map(where),
        findings: row.findings.map((finding) => ({
          ruleId: finding.ruleId,
          severity: finding.severity,
          message: finding.message,
          fingerprint: finding.fingerprint,
          ...where(finding),
        })),
      })),
    })),
});

function rowLines({ style, tools }: Overlooked, row: ChecklistRow): readonly string[] {
  const mark = row.isIdle === true ? style.dim('–') : markOf(style, row.status);
  return [
    `  ${mark} ${PRACTICE_TITLES[row.id]}: ${worded(row.reason)}`,
    ...(row.lines ?? []).map(
      ({ name, status, reason }) => `      ${markOf(style, status)} ${name}: ${worded(reason)}`,
    ),
    ...row.findings.map(
      (finding) =>
        `      ${style.severity(finding.severity, finding.severity)} ${style.dim(toPrintable(tools.at(finding)))} ` +
        toPrintable(finding.message),
    ),
  ];
}

function markOf(style: Style, status: CheckStatus): string {
  switch (status) {
    case 'pass':
      return style.good('✓');
    case 'fail':
      return style.bad('✗');
    case 'unknown':
      return style.accent('?');
  }
}
