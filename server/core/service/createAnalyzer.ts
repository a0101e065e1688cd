/** The analyzer: keeps the texts, runs the engine and the rules when asked, remembers what stays true. */
import { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import { type Range, touches } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import { diffEdit } from '../base/textEdit';
import type { Config, ConfigLayer } from '../config/config';
import { ConfigReader, type FolderConfig } from '../config/folderConfig';
import { createPathMatcher, type PathMatcher } from '../config/glob';
import { createRuleSettings, type RuleSettingsOf } from '../config/ruleSettings';
import type { FlowEngine } from '../flow/engine';
import { RULES } from '../generated/registry';
import { useKnowledge } from '../knowledge/index';
import type { Dependencies } from '../model/dependencies';
import type { Project } from '../model/project';
import { actionsOf, findingsIn, fixesOf, followData, type Pipeline, suppressedIn } from '../pipeline';
import type { Finding, Fix, Rule } from '../rules/rule';
import { MAX_LENGTH } from '../syntax/python/parse';
import type {
  Analyzer,
  AnalyzerHost,
  FileReport,
  FixOffer,
  Scope,
  SuppressedFinding,
  SuppressionReport,
} from './analyzer';
import { type Anchor, anchorsOf, areInPlace } from './anchors';
import type { SurfaceRoute } from './attackSurface';
import { mergedFindings, movedFindings } from './carryOver';
import type { AppChecklist } from './checklist';
import { suppressionOptions } from './fileContext';
import { fileKind, isRelevantFile } from './fileKind';
import type { FileStore } from './fileStore';
import { combineFixes, MAX_FIXES, type Offer } from './fixAll';
import type { Reports } from './overview';
import { type Commented, mayHoldSuppressions, readSuppressions } from './suppress';
import { UNUSED_SUPPRESSION } from './unused';
import { createWorld, type World } from './world';

/** Steps for one file when the caller sets no bound: about a second of work. */
const DEFAULT_STEPS = 5_000_000;

interface Kept {
  readonly key: string;
  readonly report: FileReport;
  readonly anchors: readonly Anchor[];
  /** What rules read of the project. */
  readonly dependencies: Dependencies;
  /** Made before every file had been looked at, of a file with comments that may turn out to be idle. */
  readonly isProvisional: boolean;
}

export function createAnalyzer(host: AnalyzerHost, rules: readonly Rule[] = RULES): Analyzer {
  return new ProjectAnalyzer(host, rules);
}

class ProjectAnalyzer implements Analyzer {
  readonly #host: AnalyzerHost;
  readonly #rules: readonly Rule[];
  readonly #reader: ConfigReader;
  /** Everything that is made of the texts; another one when the user's rows have changed. */
  #world: World;
  readonly #kept = new Map<FilePath, Kept>();
  /** Findings of the last text that parsed, moved along with the edits since. */
  readonly #lastGood = new Map<FilePath, readonly Finding[]>();
  #folder: FolderConfig;
  #settingsOf: RuleSettingsOf;
  #isExcluded: PathMatcher = () => false;
  /** Counts reports that came or went. */
  #nReports = 0;
  /** Counts changes of templates, and of the configuration. */
  #templates = 0;
  #revision = 0;
  #versions = new Map<FilePath, number>();

  constructor(host: AnalyzerHost, rules: readonly Rule[]) {
    this.#host = host;
    this.#rules = rules;
    this.#reader = new ConfigReader(rules);
    this.#folder = this.#reader.read(() => undefined);
    this.#settingsOf = createRuleSettings(this.#folder.config);
    this.#world = createWorld(host, rules, this.#folder.own);
  }

  /** Whoever touches the project works with what its folder's configuration says by now. */
  get #project(): Project {
    return this.#enter().project;
  }

  get #engine(): FlowEngine {
    return this.#enter().engine;
  }

  get #store(): FileStore {
    return this.#enter().store;
  }

  #enter(): World {
    const folder = this.#reader.read((file) => this.#world.project.textOf(file));
    if (folder !== this.#folder) this.#reconfigure(folder);
    useKnowledge(this.#world.knowledge);
    return this.#world;
  }

  #reconfigure(folder: FolderConfig): void {
    const before = JSON.stringify(this.#folder.own);
    this.#folder = folder;
    this.#settingsOf = createRuleSettings(folder.config);
    const { include, exclude } = folder.config;
    const isExcluded = createPathMatcher(exclude);
    const isIncluded = createPathMatcher(include);
    this.#isExcluded = (file) => isExcluded(file) || (include.length > 0 && !isIncluded(file));
    this.#revision++;
    if (JSON.stringify(folder.own) === before) return;
    const old = this.#world.project;
    this.#world = createWorld(this.#host, this.#rules, folder.own);
    useKnowledge(this.#world.knowledge);
    for (const file of this.#versions.keys()) {
      const text = old.textOf(file);
      if (text !== undefined) this.#world.store.set(file, text);
    }
  }

  isRelevant(file: FilePath): boolean {
    return isRelevantFile(file);
  }

  setFile(file: FilePath, text: string): void {
    const before = this.#project.textOf(file);
    if (before === text) return;
    if (before !== undefined) {
      const edit = diffEdit(before, text);
      if (edit !== undefined) this.#moveFindings(file, edit);
    }
    this.#store.set(file, text);
    this.#changed(file);
  }

  editFile(file: FilePath, edits: readonly TextEdit[]): void {
    for (const edit of edits) {
      this.#moveFindings(file, edit);
      this.#store.edit(file, edit);
      this.#changed(file);
    }
  }

  removeFile(file: FilePath): void {
    const { project } = this.#enter();
    if (!project.hasFile(file)) return;
    project.remove(file);
    this.#kept.delete(file);
    this.#nReports++;
    this.#lastGood.delete(file);
    this.#changed(file);
  }

  hasFile(file: FilePath): boolean {
    return this.#project.hasFile(file);
  }

  textOf(file: FilePath): string | undefined {
    return this.#project.textOf(file);
  }

  checkableFiles(): readonly FilePath[] {
    const { project } = this.#enter();
    const problematic = [...this.#folder.problems].filter(([, problems]) => problems.length > 0);
    return [
      ...[...project.pythonFiles(), ...project.templateFiles()].filter((file) => !this.#isExcluded(file)),
      ...problematic.map(([file]) => file),
    ].sort();
  }

  configure(settings: ConfigLayer): void {
    this.#reader.setSettings(settings);
  }

  config(): Config {
    this.#enter();
    return this.#folder.config;
  }

  rules(): readonly Rule[] {
    this.#enter();
    return this.#folder.rules.length === 0 ? this.#rules : [...this.#rules, ...this.#folder.rules];
  }

  check(file: FilePath, budget: Budget = new Budget(DEFAULT_STEPS), scope: Scope = 'project'): FileReport {
    followData(this.#pipeline(), file, scope, budget);
    const key = this.#key(file);
    const kept = this.#kept.get(file);
    if (kept !== undefined && this.#isFresh(kept, key)) return kept.report;
    const module = this.#project.module(file);
    const isBroken = module !== undefined && module.problems.length > 0;
    const { value: fresh, dependencies } = this.#project.tracker.track(() => this.#findings(file, budget));
    const before = this.#lastGood.get(file);
    const findings = isBroken && before !== undefined ? mergedFindings(module, fresh, before) : fresh;
    const report: FileReport = {
      file,
      findings,
      isCarriedOver: isBroken && before !== undefined,
      cuts: [...this.#cuts(file), ...budget.cuts],
    };
    if (!budget.isCancelled) {
      const isProvisional = this.#engine.nUnknownFiles > 0 && mayHoldSuppressions(this.#commented(file));
      const anchors = anchorsOf(this.#project, file, findings);
      this.#nReports++;
      this.#kept.set(file, { key, report, dependencies, anchors, isProvisional });
      this.#lastGood.set(file, findings);
    }
    return report;
  }

  /** What of a file was not looked at, whoever asked first. */
  #cuts(file: FilePath): readonly string[] {
    const length = this.#project.textOf(file)?.length ?? 0;
    if (length > MAX_LENGTH)
      return [`It is too long to be read: ${length} characters, at most ${MAX_LENGTH}`];
    return this.#engine.cuts(file);
  }

  suppressed(file: FilePath, budget: Budget = new Budget(DEFAULT_STEPS)): readonly SuppressedFinding[] {
    if (!this.#folder.config.enable || this.#isExcluded(file)) return [];
    followData(this.#pipeline(), file, 'project', budget);
    return this.#project.tracker.track(() => suppressedIn(this.#pipeline(), file, budget)).value;
  }

  solveNext(budget: Budget = new Budget(DEFAULT_STEPS)): boolean {
    return this.#engine.solveNext(budget);
  }

  staleFiles(except?: FilePath): readonly FilePath[] {
    return [...this.#kept]
      .filter(
        ([file, kept]) =>
          file !== except && this.#project.hasFile(file) && !this.#isFresh(kept, this.#key(file)),
      )
      .map(([file]) => file)
      .sort();
  }

  fixesAt(file: FilePath, range: Range, budget?: Budget): readonly FixOffer[] {
    return this.#offers(file, (all) => all.filter((finding) => touches(finding.range, range)), budget);
  }

  fixesFor(file: FilePath, fingerprint: string, budget?: Budget): readonly FixOffer[] {
    return this.#offers(file, (all) => all.filter((one) => one.fingerprint === fingerprint), budget);
  }

  actionsFor(file: FilePath, fingerprint: string, budget = new Budget(DEFAULT_STEPS)) {
    const { findings, isCarriedOver } = this.check(file, budget);
    const finding = findings.find((one) => one.fingerprint === fingerprint);
    return finding === undefined || isCarriedOver ? [] : actionsOf(this.#pipeline(), finding, budget);
  }

  suppressions(file: FilePath, budget?: Budget): readonly SuppressionReport[] {
    const read = readSuppressions(this.#commented(file), suppressionOptions(this.#pipeline()));
    if (read === undefined) return [];
    const idle = this.check(file, budget).findings.filter(({ ruleId }) => ruleId === UNUSED_SUPPRESSION);
    return read.suppressions.all.map(({ range, scope, tool, rules, reason }) => ({
      range,
      scope,
      tool,
      ruleIds: rules?.map(({ id }) => id),
      reason,
      isIdle: tool === 'moat' && idle.some((finding) => touches(finding.range, range)),
    }));
  }

  fixAll(file: FilePath, ruleId: string | undefined, budget?: Budget): Fix | undefined {
    const title =
      ruleId === undefined ? 'Fix all safe findings in this file' : `Fix all \`${ruleId}\` in this file`;
    return combineFixes(title, {
      textOf: (at) => this.#project.textOf(at),
      next: () => this.#nextFix(file, ruleId, budget),
      write: (at, text) => this.setFile(at, text),
      remove: (at) => this.removeFile(at),
      save: (at) => this.#project.module(at),
      restore: (at, module) => {
        this.#store.restore(at, module);
        this.#changed(at);
      },
    });
  }

  survey(file: FilePath): void {
    this.#enter().overview.survey(file);
  }

  routesIn(file: FilePath): readonly SurfaceRoute[] {
    return this.#enter().overview.routesIn(file, this.#reports());
  }

  attackSurface(budget?: Budget): readonly SurfaceRoute[] {
    this.#checkAll(budget);
    return this.#enter().overview.attackSurface(this.#reports());
  }

  checklists(budget?: Budget): readonly AppChecklist[] {
    this.#checkAll(budget);
    return this.#folder.config.enable ? this.#enter().overview.checklists(this.#reports()) : [];
  }

  #checkAll(budget?: Budget): void {
    for (const file of this.checkableFiles()) this.check(file, budget);
  }

  #reports(): Reports {
    return {
      revision: this.#nReports,
      rules: this.rules(),
      isOff: (file, ruleId) => this.#settingsOf(file)(ruleId) === 'off',
      all: () => [...this.#kept.values()].map(({ report }) => report),
    };
  }

  #nextFix(file: FilePath, ruleId: string | undefined, budget: Budget | undefined): readonly Offer[] {
    const isMeant = (finding: Finding) => ruleId === undefined || finding.ruleId === ruleId;
    const safeFirst = (a: Finding, b: Finding) =>
      Number(b.fixSafety === 'safe') - Number(a.fixSafety === 'safe');
    const meant = (findings: readonly Finding[]) =>
      findings.filter(isMeant).sort(safeFirst).slice(0, MAX_FIXES);
    const firsts = new Map<string, FixOffer>();
    for (const offer of this.#offers(file, meant, budget))
      if (!firsts.has(offer.fingerprint)) firsts.set(offer.fingerprint, offer);
    return [...firsts.values()].flatMap((offer) =>
      offer.kind === 'fix' && (ruleId !== undefined || offer.fix.safety === 'safe')
        ? [{ key: offer.fingerprint, ruleId: offer.ruleId, fix: offer.fix }]
        : [],
    );
  }

  #offers(
    file: FilePath,
    choose: (findings: readonly Finding[]) => readonly Finding[],
    budget = new Budget(DEFAULT_STEPS),
  ): readonly FixOffer[] {
    const { findings, isCarriedOver } = this.check(file, budget);
    if (isCarriedOver) return [];
    return fixesOf(this.#pipeline(), file, choose(findings), budget);
  }

  #commented(file: FilePath): Commented {
    const { project } = this.#enter();
    return {
      module: project.module(file),
      template: project.template(file),
      text: project.textOf(file) ?? '',
    };
  }

  #findings(file: FilePath, budget: Budget): readonly Finding[] {
    const { config } = this.#folder;
    if (!config.enable || (this.#isExcluded(file) && !this.#folder.problems.has(file))) return [];
    return findingsIn(this.#pipeline(), file, budget);
  }

  #pipeline(): Pipeline {
    const { project, engine, unitFindings, unitMemos } = this.#enter();
    return {
      project,
      engine,
      rules: this.rules(),
      unitFindings,
      unitMemos,
      folder: this.#folder,
      settingsOf: this.#settingsOf,
      isComplete: engine.nUnknownFiles === 0,
      logger: this.#host.logger,
      createSecret: () => this.#host.createSecret(),
    };
  }

  #moveFindings(file: FilePath, edit: TextEdit): void {
    const findings = this.#lastGood.get(file);
    if (findings !== undefined) this.#lastGood.set(file, movedFindings(findings, edit));
  }

  #changed(file: FilePath): void {
    this.#versions.set(file, (this.#versions.get(file) ?? 0) + 1);
    this.#reader.fileChanged(file);
    if (fileKind(file) === 'template') this.#templates++;
    // Settings such as `.gitignore` count for every file; they hardly ever change.
    if (fileKind(file) === 'other') this.#revision++;
  }

  #isFresh(kept: Kept, key: string): boolean {
    const { tracker } = this.#project;
    if (kept.isProvisional && this.#engine.nUnknownFiles === 0) return false;
    return kept.key === key && tracker.isValid(kept.dependencies) && areInPlace(this.#project, kept.anchors);
  }

  /** Everything that a file's findings are made from. */
  #key(file: FilePath): string {
    const own = `${this.#versions.get(file) ?? 0}:${this.#revision}`;
    if (this.#project.template(file) !== undefined)
      return `${own}:${this.#templates}:${this.#engine.templates.contextKey(file)}`;
    const embedded = this.#engine.templates.embeddedKey(file);
    const inside = embedded === '' ? '' : `${this.#templates}:${embedded}`;
    return `${own}:${this.#engine.arrivalVersion(file)}:${this.#engine.ownVersion(file)}:${inside}`;
  }
}
