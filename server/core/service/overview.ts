/** The apps as a whole: what they promise and what they offer, made from kept reports and kept facts of statements.
 *  An edit costs the statements it touches and a walk over what is kept. */
import type { FilePath } from '../base/filePath';
import { shifted } from '../base/range';
import type { AppFacts } from '../model/appFacts';
import type { Project } from '../model/project';
import { isTestPath } from '../model/testPath';
import { ViewIndex } from '../model/viewFacts';
import { type Finding, type Rule, SEVERITIES } from '../rules/rule';
import type { FileReport } from './analyzer';
import { routesIn, type SurfaceRoute, type Touching, touchingOf } from './attackSurface';
import { type AppChecklist, type CheckPlace, rowsOf } from './checklist';
import { EvidenceIndex } from './evidence';

/** Reports as they are kept, and a number that grows whenever one of them is replaced. */
export interface Reports {
  readonly revision: number;
  readonly rules: readonly Rule[];
  /** True for rules that the configuration switches off in a file. */
  isOff(file: FilePath, ruleId: string): boolean;
  all(): Iterable<FileReport>;
}

interface App {
  readonly facts: AppFacts;
  readonly files: readonly FilePath[];
}

export class Overview {
  readonly #project: Project;
  readonly #views: ViewIndex;
  readonly #evidence: EvidenceIndex;
  #touching: { readonly revision: number; readonly found: Touching } | undefined;

  constructor(project: Project) {
    this.#project = project;
    this.#views = new ViewIndex(project);
    this.#evidence = new EvidenceIndex(project);
  }

  /** Works out what is kept of one file. */
  survey(file: FilePath): void {
    for (const { tree } of this.#project.module(file)?.units ?? []) {
      this.#views.viewsIn(file, tree);
      this.#evidence.in(file, tree);
    }
  }

  /** Routes of one file, with the findings that are known by now. */
  routesIn(file: FilePath, reports: Reports): readonly SurfaceRoute[] {
    return routesIn(this.#project, this.#views, file, this.#findingsByFile(reports));
  }

  /** Every route, by file and place. */
  attackSurface(reports: Reports): readonly SurfaceRoute[] {
    return this.#project.pythonFiles().flatMap((file) => this.routesIn(file, reports));
  }

  checklists(reports: Reports): readonly AppChecklist[] {
    const apps = this.#project.apps.all();
    const owners = new Owners(apps);
    const reportsByApp = new Map<App, FileReport[]>(apps.map((app) => [app, []]));
    for (const report of reports.all()) {
      const app = isTestPath(report.file) ? undefined : owners.of(report.file);
      if (app !== undefined) reportsByApp.get(app)?.push(report);
    }
    const routesByApp = new Map<App, SurfaceRoute[]>(apps.map((app) => [app, []]));
    for (const route of this.attackSurface(reports)) {
      const app = owners.of(route.file);
      if (app !== undefined) routesByApp.get(app)?.push(route);
    }
    return apps.map((app) =>
      this.#checklist(app, reportsByApp.get(app) ?? [], routesByApp.get(app) ?? [], reports),
    );
  }

  #checklist(
    app: App,
    reports: readonly FileReport[],
    routes: readonly SurfaceRoute[],
    { rules, isOff }: Reports,
  ): AppChecklist {
    const places = new Map<string, CheckPlace[]>();
    for (const file of app.files) {
      if (isTestPath(file)) continue;
      for (const { base, tree } of this.#project.module(file)?.units ?? [])
        for (const { key, range } of this.#evidence.in(file, tree)) {
          const place = { file, range: shifted(range, base) };
          const known = places.get(key);
          if (known === undefined) places.set(key, [place]);
          else known.push(place);
        }
    }
    const findings = bySeverity(reports.flatMap((report) => report.findings));
    const place = this.#placeOf(app, places.get('app') ?? []);
    const view = {
      facts: app.facts,
      place,
      routes,
      cutFiles: reports.filter(({ cuts }) => cuts.length > 0).map(({ file }) => file),
      places: (key: string) => places.get(key) ?? [],
      isOff: (ruleId: string) => isOff(place.file, ruleId),
    };
    return { place, name: this.#factoryOf(place), rows: rowsOf(view, findings, rules) };
  }

  #placeOf({ facts }: App, made: readonly CheckPlace[]): CheckPlace {
    const file = facts.appFiles[0] ?? '';
    return made.find((place) => place.file === file) ?? { file, range: { start: 0, end: 0 } };
  }

  /** Name of the function that makes the app. */
  #factoryOf({ file, range }: CheckPlace): string | undefined {
    for (const { base, tree } of this.#project.module(file)?.units ?? [])
      for (const node of tree.body)
        if (node.kind === 'FunctionDef' && base + node.start <= range.start && range.end <= base + node.end)
          return node.name.id;
    return undefined;
  }

  #findingsByFile(reports: Reports): Touching {
    if (this.#touching?.revision !== reports.revision) {
      const findings = bySeverity([...reports.all()].flatMap((report) => report.findings));
      this.#touching = { revision: reports.revision, found: touchingOf(findings) };
    }
    return this.#touching.found;
  }
}

/** Worst first, then by place, so that the order in which files were checked does not show. */
function bySeverity(findings: readonly Finding[]): readonly Finding[] {
  return [...findings].sort(
    (a, b) =>
      SEVERITIES.indexOf(a.severity) - SEVERITIES.indexOf(b.severity) ||
      (a.file === b.file ? a.range.start - b.range.start : a.file < b.file ? -1 : 1),
  );
}

/** Which app a file belongs to: one that it is imported into, else the nearest by its folder. */
class Owners {
  readonly #apps: readonly App[];
  readonly #byFile = new Map<FilePath, App>();
  readonly #byFolder = new Map<string, App>();

  constructor(apps: readonly App[]) {
    this.#apps = apps;
    for (const app of apps)
      for (const file of app.files) {
        this.#byFile.set(file, app);
        for (let folder = parentOf(file); folder !== undefined; folder = parentOf(folder))
          if (!this.#byFolder.has(folder)) this.#byFolder.set(folder, app);
      }
  }

  of(file: FilePath): App | undefined {
    const own = this.#byFile.get(file);
    if (own !== undefined || this.#apps.length < 2) return own ?? this.#apps[0];
    for (let folder = parentOf(file); folder !== undefined; folder = parentOf(folder)) {
      const near = this.#byFolder.get(folder);
      if (near !== undefined) return near;
    }
    return this.#apps[0];
  }
}

function parentOf(path: string): string | undefined {
  if (path === '') return undefined;
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}
