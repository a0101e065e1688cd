/** Runs the interpreters over a project and keeps what stays true: one result per unit and per template. */
import type { Budget } from '../base/budget';
import { Budget as Steps } from '../base/budget';
import type { FilePath } from '../base/filePath';
import { fitted } from '../base/lists';
import { type Logger, SILENT } from '../base/logger';
import { type ConfigEntry, configEntries } from '../model/appConfig';
import type { Dependencies, Tracked } from '../model/dependencies';
import type { Project, SharedChange } from '../model/project';
import { type ClassRef, type FunctionRef, refKey } from '../model/refs';
import type { Site } from '../model/scope';
import type { Binding } from '../model/scopes';
import { unitFacts } from '../model/unitFacts';
import type { Expression, FunctionDef, Module, UnitTree } from '../syntax/python/ast';
import { type Application, type Bound, NO_EFFECT } from './application';
import { Applications } from './applications';
import { findClassValue } from './classState';
import { CyclicCache } from './cyclicCache';
import { Env } from './env';
import { elementValue, evaluate, iterated } from './evaluate';
import { execBody } from './execute';
import { interpretFunction } from './functions';
import { onePerArgument } from './hits';
import { type Draft, type Machine, type MisuseHit, newFrame, type SinkHit, type WriteHit } from './machine';
import { changesOf, isState, withChange, withRegistered } from './moduleState';
import { registeredBy } from './registries';
import { Results, type UnitResult } from './results';
import { TemplateLooks } from './templateLooks';
import { CLEAN, constant, joinAll, stepped, UNKNOWN, type Value, withRefs } from './values';
import { interpretViews } from './views';

/** Steps for one unit with all that it calls: for the largest classes of real apps, a second or so. */
const UNIT_STEPS = 400_000;
/** Steps for all units of a file together, and those that each of them has in any case. */
const FILE_STEPS = 600_000;
const MIN_UNIT_STEPS = 5_000;
/** Steps for one function with arguments of one form: the same for all who ask, as they share the result. */
const APPLICATION_STEPS = 150_000;
/** Functions inside functions are kept in every form, so their calls of each other end early. */
const MAX_NESTED_DEPTH = 6;

/** Steps for one module-level value: constants and types, not whole programs. */
const MODULE_VALUE_STEPS = 20_000;
/** Units that are asked for what they store, for one value. */
const MAX_STORING_UNITS = 40;

interface StoringUnit {
  readonly trace: ReadonlyMap<Expression, Value>;
  /** Undefined while it is being interpreted. */
  readonly dependencies?: Dependencies;
}

export class FlowEngine {
  readonly #project: Project;
  readonly #logger: Logger;
  readonly #results = new Results();
  readonly #applications: Applications;
  /** Modules whose units are all worked out, and the epoch of the tracker in which that was so. */
  readonly #solved = new Map<FilePath, { readonly module: Module; readonly epoch: number }>();
  /** Revision and epoch in which everything was worked out. */
  #solvedState = '';
  /** How many files, from the first on, are known to be worked out in a state. */
  #scan = { state: '', nDone: 0 };
  readonly #traces = new WeakMap<UnitTree, Tracked<ReadonlyMap<Expression, Value>>>();
  #storing: Map<UnitTree, StoringUnit> | undefined;
  readonly #configs = new WeakMap<UnitTree, Tracked<readonly ConfigEntry[]>>();
  /** Values of module-level names, by file, and of what is stored in objects such as `g`, by owner. */
  readonly #values: CyclicCache<Value | undefined>;
  /** What templates write, in files of their own and in strings of Python. */
  readonly templates: TemplateLooks;

  constructor(project: Project, logger: Logger = SILENT) {
    this.#project = project;
    this.#logger = logger;
    this.#values = new CyclicCache(project.tracker);
    this.#applications = new Applications(project.tracker);
    this.templates = new TemplateLooks(project, this.#results, (budget) =>
      this.#machine(emptyDraft(), budget, undefined, 0),
    );
  }

  /** Works out the units of one file. False when the request was cancelled before the end. */
  solveFile(file: FilePath, budget: Budget): boolean {
    const module = this.#project.module(file);
    const { tracker } = this.#project;
    const solved = this.#solved.get(file);
    if (solved !== undefined && solved.module === module && solved.epoch === tracker.epoch) return true;
    if (solved !== undefined && solved.module !== module) this.#forgetUnits(solved.module, module);
    if (module === undefined) {
      this.#solved.delete(file);
      return true;
    }
    let left = FILE_STEPS;
    for (const { tree } of module.units) {
      if (budget.isCancelled) return false;
      left -= this.#solveUnit(file, tree, budget.part(Math.max(MIN_UNIT_STEPS, Math.min(UNIT_STEPS, left))));
    }
    this.#solved.set(file, { module, epoch: tracker.epoch });
    return true;
  }

  /** Works out everything that has changed, anywhere: flows end in other files than they start in. */
  solveAll(budget: Budget): boolean {
    const state = `${this.#project.pythonRevision}:${this.#project.tracker.epoch}`;
    if (this.#solvedState === state) return true;
    for (const file of this.#solved.keys()) if (!this.#project.hasFile(file)) this.solveFile(file, budget);
    const isDone = this.#project.pythonFiles().every((file) => this.solveFile(file, budget));
    if (isDone) this.#solvedState = state;
    return isDone;
  }

  /** Works out one file that needs it; false when there is none left. */
  solveNext(budget: Budget): boolean {
    const { tracker, pythonRevision } = this.#project;
    const state = `${pythonRevision}:${tracker.epoch}`;
    // With thousands of files, each is looked at once and not once for every other one.
    if (this.#scan.state !== state) this.#scan = { state, nDone: 0 };
    const files = this.#project.pythonFiles();
    for (; this.#scan.nDone < files.length; this.#scan.nDone++) {
      const file = files[this.#scan.nDone] as FilePath;
      const solved = this.#solved.get(file);
      if (solved?.module === this.#project.module(file) && solved?.epoch === tracker.epoch) continue;
      this.solveFile(file, budget);
      return true;
    }
    return false;
  }

  /** Files that were never worked out, as right after a folder was opened. */
  get nUnknownFiles(): number {
    return this.#project.pythonFiles().length - this.#solved.size;
  }

  #forgetUnits(before: Module, after: Module | undefined): void {
    const kept = new Set(after?.units.map(({ tree }) => tree));
    for (const { tree } of before.units) if (!kept.has(tree)) this.#results.delete(tree);
  }

  /** Answers how many steps it took. */
  #solveUnit(file: FilePath, tree: UnitTree, budget: Budget): number {
    const { tracker } = this.#project;
    const cached = this.#results.get(tree);
    if (cached !== undefined && tracker.isValid(cached.dependencies)) return 0;
    const before = budget.left;
    const result = tracker.track((): UnitResult => {
      const draft = this.#tryInterpret(file, tree, budget);
      return {
        hits: fitted(onePerArgument(draft.hits)),
        writes: fitted(draft.writes),
        misuses: fitted(draft.misuses),
        renders: fitted(draft.renders),
        isShort: budget.isShort,
      };
    });
    if (!budget.isCancelled) this.#results.set(file, tree, result);
    return before - budget.left;
  }

  /** What of a file was left out, in words. */
  cuts(file: FilePath): readonly string[] {
    const short = this.#trees(file).filter((tree) => this.#results.get(tree)?.value.isShort);
    if (short.length === 0) return [];
    const names = short.slice(0, MAX_NAMED).map(nameOf).join(', ');
    const others = short.length > MAX_NAMED ? ` and ${short.length - MAX_NAMED} more` : '';
    return [`Followed in part only, because it leads too far or too deep: ${names}${others}`];
  }

  /** Sinks in a file that something reaches, from wherever it comes. */
  hits(file: FilePath): readonly SinkHit[] {
    return this.#results.hitsIn(file, this.#trees(file));
  }

  writes(file: FilePath): readonly WriteHit[] {
    return this.#results.writesIn(file, this.#trees(file));
  }

  /** Calls and writes in a file that are faults as they are written. */
  misuses(file: FilePath): readonly MisuseHit[] {
    return this.#results.misusesIn(file, this.#trees(file));
  }

  /** Changes when flows from other files into this one change. */
  arrivalVersion(file: FilePath): number {
    return this.#results.arrivalVersion(file);
  }

  /** Changes when a unit of the file was worked out anew, or left. */
  ownVersion(file: FilePath): number {
    return this.#results.ownVersion(file);
  }

  #trees(file: FilePath): readonly UnitTree[] {
    return this.#project.module(file)?.units.map(({ tree }) => tree) ?? [];
  }

  /** Values of all expressions of a unit, for fixes that must know which parts of a text are constant. */
  values(file: FilePath, tree: UnitTree, budget: Budget): ReadonlyMap<Expression, Value> {
    const { tracker } = this.#project;
    const known = this.#traces.get(tree);
    if (known !== undefined && tracker.isValid(known.dependencies)) {
      tracker.use(known.dependencies);
      return known.value;
    }
    const traced = tracker.track(() => {
      const trace = new Map<Expression, Value>();
      this.#interpret(file, tree, budget, trace);
      return trace;
    });
    this.#traces.set(tree, traced);
    return traced.value;
  }

  /** A fault of ours in one unit costs the flows that start there, not those of every file. */
  #tryInterpret(file: FilePath, tree: UnitTree, budget: Budget): Draft {
    try {
      return this.#interpret(file, tree, budget);
    } catch (cause) {
      this.#logger.error(`A part of ${file} could not be followed; findings may be missing`, cause);
      return emptyDraft();
    }
  }

  #interpret(file: FilePath, tree: UnitTree, budget: Budget, trace?: Map<Expression, Value>): Draft {
    const draft: Draft = emptyDraft();
    const machine = this.#machine(draft, budget, trace);
    const site: Site = { file, tree, owners: [] };
    execBody(tree.body, new Env(), newFrame(machine, site, false));
    const { classes, functions } = unitFacts(tree);
    const views = new Set(
      classes.flatMap(({ node, owners }) =>
        interpretViews({ ...site, kind: 'class', node, owners }, machine).map((view) => view.node),
      ),
    );
    for (const { node, owners } of functions)
      if (!views.has(node) && owners.every((owner) => owner.kind === 'ClassDef'))
        interpretFunction(node, { ...site, owners }, machine);
    return draft;
  }

  /** Configuration that one unit sets. */
  config(file: FilePath, tree: UnitTree): readonly ConfigEntry[] {
    const { tracker } = this.#project;
    let entries = this.#configs.get(tree);
    if (entries === undefined || !tracker.isValid(entries.dependencies)) {
      entries = tracker.track(() => configEntries(this.#project, file, tree));
      this.#configs.set(tree, entries);
    } else tracker.use(entries.dependencies);
    return entries.value;
  }

  /** Value of a module-level name, without regard to order: all its bindings joined. */
  moduleValue(file: FilePath, name: string): Value {
    return this.#values.get(file, name, UNKNOWN, () => this.#findModuleValue(file, name)) ?? UNKNOWN;
  }

  /** What any function stores under `owner.attribute`, such as `g.user`: all writes joined. */
  stored(owner: string, attribute: string): Value | undefined {
    return this.#values.get(`stored in ${owner}`, attribute, undefined, () => {
      const writes = this.#project
        .attributeWrites(attribute)
        .filter(({ receiver, site }) =>
          this.#project.resolver.resolve(receiver, site).some((ref) => 'name' in ref && ref.name === owner),
        );
      const name = `${owner}.${attribute}`;
      const values = writes.map(({ value, receiver, site }) =>
        this.#storedValue(value, receiver, site, name),
      );
      return values.length === 0 ? undefined : joinAll(values);
    });
  }

  classValue(ref: ClassRef, attribute: string): Value | undefined {
    return this.#values.get(refKey(ref), attribute, undefined, () =>
      findClassValue(this.#project, ref, attribute, {
        ofBinding: (binding, site) => this.#bindingValue(binding, site),
        ofWrite: (value, receiver, site) => this.#storedValue(value, receiver, site, attribute),
        changed: (value, changes) => this.#changed(value, changes, attribute),
      }),
    );
  }

  /** A value of a module or class with what functions make of it. */
  #changed(value: Value, changes: readonly SharedChange[], name: string): Value {
    return changes.reduce((known, change) => {
      const registered = registeredBy(this.#project, change);
      if (registered.length > 0) return registered.reduce(withRegistered(change), known);
      const given = this.#storedValue(change.value, change.value, change.site, name);
      const key = change.key && this.#storedValue(change.key, change.key, change.site, name);
      return withChange(known, change, given, key);
    }, value);
  }

  /** What any function keeps under `owner[key]`, such as `session["name"]`: all writes joined. */
  #storedItem(owner: string, key: string): Value | undefined {
    const name = owner.slice(owner.lastIndexOf('.') + 1);
    return this.#values.get(`item of ${owner}`, key, undefined, () => {
      const changes = this.#project
        .stateItems(name, key)
        .filter(({ receiver, site }) =>
          this.#project.resolver.resolve(receiver, site).some((ref) => 'name' in ref && ref.name === owner),
        );
      const values = changes.map(({ value, site }) => this.#storedValue(value, value, site, key));
      return values.length === 0 ? undefined : joinAll(values);
    });
  }

  #storedValue(node: Expression, receiver: Expression, { file, tree }: Site, path: string): Value {
    const trace = this.#storingTrace(file, tree);
    const name = path.slice(path.indexOf('.') + 1);
    return stepped(trace?.get(node) ?? UNKNOWN, { file, tree, range: receiver }, `stored in \`${name}\``);
  }

  /** Values of a unit that stores something. State that is made from other state leads from unit to unit: each is
   *  interpreted once for the outermost question, and only so many. */
  #storingTrace(file: FilePath, tree: UnitTree): ReadonlyMap<Expression, Value> | undefined {
    const { tracker } = this.#project;
    const isOutermost = this.#storing === undefined;
    const storing = this.#storing ?? new Map<UnitTree, StoringUnit>();
    this.#storing = storing;
    try {
      const known = storing.get(tree);
      if (known?.dependencies !== undefined) tracker.use(known.dependencies);
      if (known !== undefined || storing.size >= MAX_STORING_UNITS) return known?.trace;
      const trace = new Map<Expression, Value>();
      storing.set(tree, { trace });
      const { dependencies } = tracker.track(() =>
        this.#interpret(file, tree, new Steps(MODULE_VALUE_STEPS), trace),
      );
      storing.set(tree, { trace, dependencies });
      return trace;
    } finally {
      if (isOutermost) this.#storing = undefined;
    }
  }

  #machine(draft: Draft, budget: Budget, trace?: Map<Expression, Value>, depth = 0): Machine {
    const closures = new WeakMap<FunctionDef, Env>();
    return {
      project: this.#project,
      budget,
      draft,
      trace,
      depth,
      closures,
      apply: (ref, bound) => this.#apply(ref, bound, budget, depth + 1, closures),
      moduleValue: (file, name) => this.moduleValue(file, name),
      classValue: (ref, attribute) => this.classValue(ref, attribute),
      stored: (owner, attribute) => this.stored(owner, attribute),
      storedItem: (owner, key) => this.#storedItem(owner, key),
    };
  }

  #apply(
    called: FunctionRef,
    given: Bound,
    budget: Budget,
    depth: number,
    closures: WeakMap<FunctionDef, Env>,
  ): Application {
    const ref = this.#project.current(called);
    const interpret = (bound: Bound): Application => {
      const draft = emptyDraft();
      const outer = closures.get(ref.node);
      const machine = this.#machine(draft, budget, undefined, depth);
      const site = { file: ref.file, tree: ref.tree, owners: ref.owners };
      const { value, isShort } = budget.limited(APPLICATION_STEPS, () =>
        interpretFunction(ref.node, site, machine, { bound, outer }),
      );
      return { ...value, hits: onePerArgument(value.hits), isShort };
    };
    const isNested = ref.owners.some((owner) => owner.kind === 'FunctionDef');
    if (isNested && depth > MAX_NESTED_DEPTH) return NO_EFFECT;
    // Where it is called by the function around it, it sees variables that its arguments do not tell of.
    if (isNested && closures.has(ref.node)) return interpret(given);
    const isCut = () => budget.isSpent;
    const application = isNested
      ? this.#applications.applyNested(ref, given, depth, interpret, isCut)
      : this.#applications.apply(ref, given, interpret, isCut);
    if (application.isShort === true) budget.shorten();
    return application;
  }

  #findModuleValue(file: FilePath, name: string): Value {
    const bound = this.#project.bindingsOf(file, name);
    const refs = this.#project.resolver.moduleName(file, name);
    if (bound.length === 0) {
      const star = this.#starValue(file, name);
      return star ?? withRefs(refs, name === '__name__' || name === '__file__' ? CLEAN : UNKNOWN);
    }
    const values = bound.map(({ binding, tree }) => this.#bindingValue(binding, { file, tree, owners: [] }));
    const value = joinAll(values);
    const whole = isState(bound) ? this.#changed(value, changesOf(this.#project, file, name), name) : value;
    // What the resolver does not see, such as items of a library's object, the value may know.
    return { ...whole, refs: refs.length > 0 ? refs : value.refs };
  }

  #starValue(file: FilePath, name: string): Value | undefined {
    for (const star of this.#project.starsOf(file)) {
      const target = this.#project.findModule(file, star.module, star.level);
      if (target !== undefined && this.#project.bindingsOf(target, name).length > 0)
        return this.moduleValue(target, name);
    }
    return undefined;
  }

  #bindingValue(binding: Binding, site: Site): Value {
    switch (binding.kind) {
      case 'import': {
        const target = this.#project.findModule(site.file, binding.module, binding.level);
        return target !== undefined && binding.member !== undefined
          ? this.moduleValue(target, binding.member)
          : UNKNOWN;
      }
      case 'value': {
        const machine = this.#machine(emptyDraft(), new Steps(MODULE_VALUE_STEPS));
        const frame = newFrame(machine, site, true);
        const value = evaluate(binding.value, new Env(), frame);
        if (binding.access.kind === 'element')
          return elementValue(binding.value, value, constant(binding.access.index), frame);
        return binding.access.kind === 'each' ? iterated(value) : value;
      }
      case 'function':
      case 'class':
        return CLEAN;
      case 'annotation':
        return CLEAN;
      case 'parameter':
      case 'other':
        return UNKNOWN;
    }
  }
}

/** Units that one message names. */
const MAX_NAMED = 3;

function nameOf({ body }: UnitTree): string {
  const [name] = body.flatMap((node) =>
    node.kind === 'FunctionDef' || node.kind === 'ClassDef' ? [node.name.id] : [],
  );
  return name === undefined ? 'a statement outside of functions' : `\`${name}\``;
}

function emptyDraft(): Draft {
  return { hits: [], writes: [], misuses: [], renders: [] };
}
