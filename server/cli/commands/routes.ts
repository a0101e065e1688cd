/** `moat routes`: every way into the apps, with what guards it and what it reads. */
import { HEADINGS, routeCells, surfaceMarkdown } from '../../core/index';
import { type Overlooked, overviewCommand } from '../overview';
import { toPrintable } from '../style';

export const routes = overviewCommand({
  name: 'routes',
  summary: 'list every route: who may call it, what it reads, what was found',
  about: `Lists the routes of the apps with the prefixes of their blueprints, whether they ask who is
calling and check a CSRF token, what of a request they read, and the findings on the way.`,
  toText: (folder) => table(folder),
  toMarkdown: ({ analyzer, tools }) => surfaceMarkdown(analyzer.attackSurface(), tools),
  toJson: ({ analyzer, where }) =>
    analyzer.attackSurface().map((route) => ({
      rule: route.rule ?? null,
      methods: route.methods,
      view: route.view,
      blueprint: route.blueprint ?? null,
      ...where(route),
      login: route.login,
      csrf: route.csrf,
      inputs: route.inputs,
      findings: route.findings.map(({ ruleId, severity, fingerprint }) => ({
        ruleId,
        severity,
        fingerprint,
      })),
    })),
});

function table({ analyzer, tools, style }: Overlooked): string {
  const surface = analyzer.attackSurface();
  if (surface.length === 0) return `${HEADINGS.noRoute}\n`;
  const rows = surface.map((route) =>
    routeCells(route, tools).map((cell) => toPrintable(cell).replaceAll('`', '')),
  );
  const header: readonly string[] = HEADINGS.columns;
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd();
  return `${[style.dim(line(header)), ...rows.map(line)].join('\n')}\n`;
}
