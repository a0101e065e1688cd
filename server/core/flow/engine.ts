/** Runs the interpreters over a project and keeps what stays true: one result per unit and per template. */
import type { Budget } from '../base/budget';
import { Budget as Steps } from '../base/budget';
import type { FilePath } from '../base/filePath';
import { type ConfigEntry, configEntries } from '../model/appConfig';
import { type Tracked, TrackedCache } from '../model/dependencies';
import type { Project } from '../model/project';
import { refKey } from '../model/refs';
import type { Site } from '../model/scope';
import type { Binding } from '../model/scopes';
import { templatesReaching } from '../model/templateGraph';
import { unitFacts } from '../model/unitFacts';
import type { IndexedUnit } from '../model/unitIndex';
import type { JinjaFilter } from '../syntax/jinja/ast';
import type { Expression, UnitTree } from '../syntax/python/ast';
import { Env } from './env';
import { elementValue, evaluate, iterated } from './evaluate';
import { execBody } from './execute';
import { interpretFunction } from './functions';
import {
  baseOf,
  type Draft,
  type Frame,
  type Machine,
  type Render,
  type SinkHit,
  type WriteHit,
} from './machine';
import { addMark, type MarkHit, TemplateInterpreter } from './templates';
import { CLEAN, constant, join, joinAll, UNKNOWN, type Value, withRefs } from './values';

export interface UnitResult {
  readonly hits: readonly SinkHit[];
  readonly writes: readonly WriteHit[];
  readonly renders: readonly Render[];
}

/** A render of `entry`, from which the template asked for is reached. */
export interface ReachingRender {
  readonly entry: FilePath;
  readonly render: Render;
}

/** Steps for one module-level value: constants and types, not whole programs. */
const MODULE_VALUE_STEPS = 20_000;

export class FlowEngine {
  readonly #project: Project;
  readonly #units = new WeakMap<UnitTree, Tracked<UnitResult>>();
  readonly #configs = new WeakMap<UnitTree, Tracked<readonly ConfigEntry[]>>();
  readonly #moduleValues: TrackedCache<string, Value>;
  readonly #active = new Set<string>();

  constructor(project: Project) {
    this.#project = project;
    this.#moduleValues = new TrackedCache(project.tracker);
  }

  /** True if everything kept about a file's units still holds. */
  isFresh(file: FilePath): boolean {
    return (this.#project.module(file)?.units ?? []).every(({ tree }) => {
      const unit = this.#units.get(tree);
      const config = this.#configs.get(tree);
      const isKnown = unit !== undefined && this.#project.tracker.isValid(unit.dependencies);
      return isKnown && (config === undefined || this.#project.tracker.isValid(config.dependencies));
    });
  }

  /** Sinks reached and templates rendered in one unit. Not kept when the budget ended it early. */
  unit(file: FilePath, tree: UnitTree, budget: Budget): UnitResult {
    const { tracker } = this.#project;
    const cached = this.#units.get(tree);
    if (cached !== undefined && tracker.isValid(cached.dependencies)) return cached.value;
    const result = tracker.track((): UnitResult => {
      const draft = this.#interpret(file, tree, budget);
      return { hits: latestPerArgument(draft.hits), writes: draft.writes, renders: draft.renders };
    });
    if (!budget.isSpent && !budget.isCancelled) this.#units.set(tree, result);
    return result.value;
  }

  /** Values of all expressions of a unit, for fixes that must know which parts of a text are constant. */
  values(file: FilePath, tree: UnitTree, budget: Budget): ReadonlyMap<Expression, Value> {
    const trace = new Map<Expression, Value>();
    this.#interpret(file, tree, budget, trace);
    return trace;
  }

  #interpret(file: FilePath, tree: UnitTree, budget: Budget, trace?: Map<Expression, Value>): Draft {
    const draft: Draft = emptyDraft();
    const machine = this.#machine(draft, budget, trace);
    const site: Site = { file, tree, owners: [] };
    execBody(tree.body, new Env(), newFrame(machine, site, false));
    for (const { node, owners } of unitFacts(tree).functions)
      if (owners.every((owner) => owner.kind === 'ClassDef'))
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
    }
    return entries.value;
  }

  /** Value of a module-level name, without regard to order: all its bindings joined. */
  moduleValue(file: FilePath, name: string): Value {
    const key = `${file}:${name}`;
    const cached = this.#moduleValues.get(key);
    if (cached !== undefined) return cached;
    if (this.#active.has(key)) return UNKNOWN;
    this.#active.add(key);
    try {
      return this.#moduleValues.make(
        key,
        () => this.#findModuleValue(file, name),
        () => this.#active.size === 1,
      );
    } finally {
      this.#active.delete(key);
    }
  }

  /** Renders from which a template can be reached, in a stable order. */
  rendersReaching(file: FilePath, budget: Budget): readonly ReachingRender[] {
    const entries = templatesReaching(this.#project, file);
    const found: ReachingRender[] = [];
    for (const { file: from, tree } of this.#renderersOf(entries))
      for (const render of this.unit(from, tree, budget).renders)
        for (const entry of render.templates.flatMap((name) => this.#project.templatesNamed(name)))
          if (entries.has(entry)) found.push({ entry, render });
    return found;
  }

  /** Changes when what views hand to a template changes, places included. */
  contextKey(file: FilePath, budget: Budget): string {
    return this.rendersReaching(file, budget)
      .map(
        ({ entry, render }) =>
          `${entry}(${[...render.context].map(([key, value]) => `${key}=${this.#valueKey(value)}`).join()})`,
      )
      .join(';');
  }

  #valueKey(value: Value): string {
    const taints = value.taints.map(({ sourceKey, cleared, last }) => {
      const base =
        last?.place.tree === undefined ? 0 : baseOf(this.#project, last.place.file, last.place.tree);
      return `${sourceKey}:${cleared}:${base}`;
    });
    return `${taints.join('&')}|${value.constants?.join('&')}|${value.refs.map(refKey).join('&')}`;
  }

  /** What each `|safe` of a template is applied to, over all ways in which the template is reached. */
  marks(file: FilePath, budget: Budget): readonly MarkHit[] {
    const marks = new Map<JinjaFilter, MarkHit>();
    const interpreter = new TemplateInterpreter(this.#project, (at, filter, value) => {
      if (at === file) addMark(marks, filter, value);
    });
    for (const [entry, env] of this.#contexts(file, budget)) interpreter.run(entry, env);
    interpreter.runUncalledMacros(file);
    return [...marks.values()].sort((a, b) => a.filter.start - b.filter.start);
  }

  /** Templates that a view renders and from which `file` is reached, with their joined contexts. */
  #contexts(file: FilePath, budget: Budget): ReadonlyMap<FilePath, Env> {
    const contexts = new Map<FilePath, Env>();
    for (const { entry, render } of this.rendersReaching(file, budget)) {
      const env = new Env();
      for (const [key, value] of render.context) env.set(key, value);
      contexts.set(entry, joinContexts(contexts.get(entry), env));
    }
    return contexts.size > 0 ? contexts : new Map([[file, new Env()]]);
  }

  #renderersOf(entries: ReadonlySet<FilePath>): Iterable<IndexedUnit> {
    const units = new Map(
      [...entries].flatMap((entry) => this.#project.renderersOf(entry)).map((unit) => [unit.tree, unit]),
    );
    return units.values();
  }

  #machine(draft: Draft, budget: Budget, trace?: Map<Expression, Value>): Machine {
    return {
      project: this.#project,
      budget,
      draft,
      trace,
      moduleValue: (file, name) => this.moduleValue(file, name),
    };
  }

  #findModuleValue(file: FilePath, name: string): Value {
    const bound = this.#project.bindingsOf(file, name);
    const refs = this.#project.resolver.moduleName(file, name);
    if (bound.length === 0) {
      const star = this.#starValue(file, name);
      return star ?? withRefs(refs, name === '__name__' || name === '__file__' ? CLEAN : UNKNOWN);
    }
    const values = bound.map(({ binding, tree }) => this.#bindingValue(binding, { file, tree, owners: [] }));
    return withRefs(refs, { ...joinAll(values), refs: [] });
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

function emptyDraft(): Draft {
  return { hits: [], writes: [], renders: [] };
}

export function newFrame(machine: Machine, site: Site, isSilent: boolean): Frame {
  return { machine, site, exits: { returns: [], breaks: [], continues: [], raises: undefined }, isSilent };
}

/** A view that renders in two places passes each name in one of them at least. */
function joinContexts(a: Env | undefined, b: Env): Env {
  if (a === undefined) return b;
  const joined = a.copy();
  for (const [key, value] of b.entries()) {
    const known = joined.get(key);
    joined.set(key, known === undefined ? value : join(known, value));
  }
  return joined;
}

/** An argument is evaluated once for each way that leads to it (`finally`, nested functions): the ways are joined. */
function latestPerArgument(hits: readonly SinkHit[]): readonly SinkHit[] {
  const byArgument = new Map<object, SinkHit>();
  for (const hit of hits) {
    const known = byArgument.get(hit.argument);
    byArgument.set(hit.argument, known === undefined ? hit : { ...hit, value: join(known.value, hit.value) });
  }
  return [...byArgument.values()];
}
