/** Every way into the app: routes with what guards them, what they read, and what was found on the way. */
import type { FilePath } from '../base/filePath';
import { contains, type Range, shifted } from '../base/range';
import type { AppFacts } from '../model/appFacts';
import type { Project } from '../model/project';
import { isTestPath } from '../model/testPath';
import type { RouteInput, ViewCsrf, ViewFacts, ViewIndex } from '../model/viewFacts';
import type { LoginState } from '../model/viewLogin';
import { SAFE_METHODS } from '../model/viewTraits';
import type { Finding } from '../rules/rule';

export type CsrfState =
  /** It only answers requests that change nothing. */
  | 'safe'
  | 'checked'
  | 'exempt'
  /** Callers are known by a token that other sites cannot send. */
  | 'token'
  | 'open'
  /** Something is set up that Moat does not know. */
  | 'unknown';

export interface SurfaceRoute {
  /** With the prefixes of its blueprints; undefined when it is not written as a literal. */
  readonly rule: string | undefined;
  readonly methods: readonly string[];
  readonly view: string;
  readonly blueprint: string | undefined;
  readonly file: FilePath;
  /** Name of the view. */
  readonly range: Range;
  /** The view with its decorators. */
  readonly body: Range;
  readonly login: LoginState;
  readonly csrf: CsrfState;
  readonly inputs: readonly RouteInput[];
  /** Findings in the view, and those that its data leads to elsewhere; worst first. */
  readonly findings: readonly Finding[];
}

/** Findings by each file that they are in or go through. */
export type Touching = ReadonlyMap<FilePath, readonly Finding[]>;

export function touchingOf(findings: Iterable<Finding>): Touching {
  const touching = new Map<FilePath, Finding[]>();
  for (const finding of findings)
    for (const file of new Set([finding.file, ...finding.path.map((step) => step.file)])) {
      const known = touching.get(file);
      if (known === undefined) touching.set(file, [finding]);
      else known.push(finding);
    }
  return touching;
}

/** Routes of one file, by place. */
export function routesIn(
  project: Project,
  views: ViewIndex,
  file: FilePath,
  touching: Touching,
): readonly SurfaceRoute[] {
  if (isTestPath(file)) return [];
  const findings = touching.get(file) ?? [];
  return (project.module(file)?.units ?? []).flatMap(({ base, tree }) =>
    views.viewsIn(file, tree).map((view): SurfaceRoute => {
      const body = shifted(view.body, base);
      const { rule, methods, blueprint, login, inputs } = view;
      return {
        rule,
        methods,
        view: view.view,
        blueprint,
        file,
        range: shifted(view.name, base),
        body,
        login,
        csrf: csrfOf(view, project.apps.factsOf(file)),
        inputs,
        findings: findings.filter((finding) => goesThrough(finding, file, body)),
      };
    }),
  );
}

function goesThrough({ file, range, path }: Finding, at: FilePath, body: Range): boolean {
  if (path.some((step) => step.file === at && contains(body, step.range))) return true;
  return file === at && contains(body, range);
}

function csrfOf(view: ViewFacts, { capabilities, traits }: AppFacts): CsrfState {
  const own: Readonly<Record<ViewCsrf, CsrfState | undefined>> = {
    safe: 'safe',
    own: 'checked',
    exempt: 'exempt',
    app: undefined,
  };
  const state = own[view.csrf];
  if (state !== undefined) return state;
  if (capabilities.has('csrf')) return 'checked';
  if (traits.has('token') && !traits.has('session') && !traits.has('login')) return 'token';
  return traits.has('ownCsrf') || traits.has('unknownSetup') ? 'unknown' : 'open';
}

export function isChanging({ methods }: Pick<SurfaceRoute, 'methods'>): boolean {
  return methods.some((method) => !SAFE_METHODS.has(method));
}
