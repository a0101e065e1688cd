/** Rows of the attack surface: routes by URL, and the filter over them. */
import * as vscode from 'vscode';
import type { AttackSurfaceResult, ViewRoute } from '../../server/protocol/views';
import { findingNode, type Node } from './nodes';

export type SurfaceFilter = 'open' | 'changing' | 'findings';

const FILTERS: Readonly<Record<SurfaceFilter, (route: ViewRoute) => boolean>> = {
  open: ({ isOpen }) => isOpen,
  changing: ({ isChanging }) => isChanging,
  findings: ({ findings }) => findings.length > 0,
};

/** Words for a person. */
export function filterLabels(): Readonly<Record<SurfaceFilter, string>> {
  return {
    open: vscode.l10n.t('Open to everybody'),
    changing: vscode.l10n.t('Changing something'),
    findings: vscode.l10n.t('With findings'),
  };
}

/** Routes that pass every filter. */
export function filteredRoutes(
  { routes }: AttackSurfaceResult,
  filters: ReadonlySet<SurfaceFilter>,
): readonly ViewRoute[] {
  return routes.filter((route) => [...filters].every((filter) => FILTERS[filter](route)));
}

export function surfaceNodes(routes: readonly ViewRoute[]): readonly Node[] {
  return [...routes]
    .sort((a, b) => ((a.rule ?? '~') < (b.rule ?? '~') ? -1 : a.rule === b.rule ? 0 : 1))
    .map(routeNode);
}

export function routeId({ uri, range, methods, rule }: ViewRoute): string {
  return `${methods} ${rule ?? ''} ${uri}:${range.start.line}`;
}

function routeNode(route: ViewRoute): Node {
  const id = routeId(route);
  const { methods, login, csrf, view, label, inputs, findings } = route;
  const rule = route.rule ?? vscode.l10n.t('(URL not written in the code)');
  const states = [methods, login, csrf].filter((part) => part !== '');
  const worst = findings[0]?.severity;
  return {
    id,
    label: rule,
    description: states.join(' · '),
    tooltip: [`${methods} ${rule}`, `${view} (${label})`, ...states.slice(1)].join('\n'),
    icon: routeIcon(route, worst),
    context: 'route',
    place: route,
    children: [
      ...inputs.map(
        (input, index): Node => ({
          id: `${id}/input${index}`,
          label: vscode.l10n.t('Reads: {0}', input),
          icon: new vscode.ThemeIcon('arrow-small-right'),
          context: 'input',
          place: route,
        }),
      ),
      ...findings.map((finding) => findingNode(id, finding)),
    ],
  };
}

/** A lock where somebody is asked for, the globe where not; red or yellow with the worst finding. */
function routeIcon({ isOpen }: ViewRoute, worst: string | undefined): vscode.ThemeIcon {
  const color =
    worst === 'error' ? 'problemsErrorIcon' : worst === 'warning' ? 'problemsWarningIcon' : undefined;
  const name = isOpen ? 'globe' : 'lock';
  return color === undefined
    ? new vscode.ThemeIcon(name)
    : new vscode.ThemeIcon(name, new vscode.ThemeColor(`${color}.foreground`));
}
