/** Looks at templates with the contexts that views give them, and knows when a look is out of date. */
import type { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Dependencies } from '../model/dependencies';
import type { Place } from '../model/place';
import type { Project } from '../model/project';
import { refKey } from '../model/refs';
import { templatesReaching } from '../model/templateGraph';
import type { Module } from '../syntax/python/ast';
import { type EmbeddedTemplate, embeddedName, embeddedTemplate } from './embedded';
import { Env } from './env';
import { baseOf, type Machine, type Render } from './machine';
import type { Results } from './results';
import { TemplateCalls } from './templateCalls';
import { LookCollector, type TemplateLook } from './templateLook';
import { TemplateRuns } from './templateRuns';
import { TemplateInterpreter, type TemplateListener } from './templates';
import { join, type Value } from './values';

/** A render of `entry`, from which the template asked for is reached. */
interface ReachingRender {
  readonly entry: FilePath;
  readonly render: Render;
}

/** A template in a string, with what is known of it. */
export interface EmbeddedLook extends TemplateLook {
  readonly embedded: EmbeddedTemplate;
}

/** The key of what views hand to a template, and what it was made from. */
interface ContextKey {
  readonly key: string;
  readonly templateRevision: number;
  /** Names of the templates whose renders were asked for. */
  readonly names: ReadonlySet<string>;
  /** Modules that places were looked up in. */
  readonly modules: ReadonlyMap<FilePath, Module | undefined>;
  /** Up to which change of renders it is known to be right. */
  renderPosition: number;
}

/** Nodes of templates that are interpreted for one look, those that are pulled in included. */
const LOOK_STEPS = 300_000;

/** Ways to a template that are followed one by one. */
const MAX_CONTEXTS = 12;

export class TemplateLooks {
  readonly #project: Project;
  readonly #results: Results;
  readonly #createMachine: (budget: Budget) => Machine;
  /** What the look at a file was made from beside its contexts, and how often that has changed. */
  readonly #looked = new Map<FilePath, { readonly dependencies?: Dependencies; readonly version: number }>();

  readonly #contextKeys = new Map<FilePath, ContextKey>();
  readonly #renderKeys = new WeakMap<
    Render,
    { readonly text: string; readonly modules: ReadonlyMap<FilePath, Module | undefined> }
  >();
  readonly #runs: TemplateRuns;

  constructor(project: Project, results: Results, createMachine: (budget: Budget) => Machine) {
    this.#project = project;
    this.#results = results;
    this.#createMachine = createMachine;
    this.#runs = new TemplateRuns(project, (listener, steps) => this.#interpreter(listener, steps));
  }

  /** What each output of a template writes and each `|safe` is applied to, over all ways in which it is reached. */
  look(file: FilePath, budget: Budget): TemplateLook {
    const steps = budget.part(LOOK_STEPS);
    const look = this.#tracked(file, () => this.#lookAt(file, steps));
    if (steps.isShort) budget.cut('It was followed in part only: templates pull in each other too often');
    return look;
  }

  /** The same for the templates that are written as strings in a Python file. */
  embedded(file: FilePath, budget: Budget): readonly EmbeddedLook[] {
    const renders = this.#embeddedRenders(file);
    return renders.length === 0
      ? []
      : this.#tracked(file, () => this.#lookInto(file, renders, budget.part(LOOK_STEPS)));
  }

  /** Changes when what views hand to a template changes, places included. */
  contextKey(file: FilePath): string {
    const known = this.#contextKeys.get(file);
    const isKnown = known !== undefined && this.#isCurrent(known);
    const { key } = isKnown ? known : this.#makeContextKey(file);
    return `${this.#lookVersion(file)}:${key}`;
  }

  #makeContextKey(file: FilePath): ContextKey {
    const names = new Set<string>();
    const modules = new Map<FilePath, Module | undefined>();
    const made: ContextKey = {
      key: this.#key(this.#rendersReaching(file, names), modules),
      templateRevision: this.#project.templateRevision,
      names,
      modules,
      renderPosition: this.#results.renderPosition,
    };
    this.#contextKeys.set(file, made);
    return made;
  }

  #isCurrent(known: ContextKey): boolean {
    if (known.templateRevision !== this.#project.templateRevision) return false;
    const changed = this.#results.rendersChangedSince(known.renderPosition);
    if (changed === undefined || changed.some((name) => known.names.has(name))) return false;
    known.renderPosition = this.#results.renderPosition;
    return this.#areSame(known.modules);
  }

  /** The same for the templates in a Python file; empty when there are none. */
  embeddedKey(file: FilePath): string {
    const renders = this.#embeddedRenders(file);
    return renders.length === 0
      ? ''
      : `${this.#lookVersion(file)}:${this.#key(renders.map((render) => ({ entry: file, render })))}`;
  }

  #tracked<T>(file: FilePath, compute: () => T): T {
    const looked = this.#project.tracker.track(compute);
    const { version } = this.#looked.get(file) ?? { version: 0 };
    this.#looked.set(file, { dependencies: looked.dependencies, version });
    return looked.value;
  }

  #key(renders: readonly ReachingRender[], modules = new Map<FilePath, Module | undefined>()): string {
    return renders.map(({ entry, render }) => `${entry}(${this.#renderKey(render, modules)})`).join(';');
  }

  /** A layout is reached by all renders of an app, and an edit changes few of them. */
  #renderKey(render: Render, modules: Map<FilePath, Module | undefined>): string {
    let known = this.#renderKeys.get(render);
    if (known === undefined || !this.#areSame(known.modules)) {
      const own = new Map<FilePath, Module | undefined>();
      const parts = [...render.context].map(([key, value]) => `${key}=${this.#valueKey(value, own)}`);
      known = { text: parts.join(), modules: own };
      this.#renderKeys.set(render, known);
    }
    for (const [file, module] of known.modules) modules.set(file, module);
    return known.text;
  }

  #areSame(modules: ReadonlyMap<FilePath, Module | undefined>): boolean {
    for (const [file, module] of modules) if (this.#project.module(file) !== module) return false;
    return true;
  }

  /** Changes when Python that a template calls has changed. */
  #lookVersion(file: FilePath): number {
    const { dependencies, version } = this.#looked.get(file) ?? { version: 0 };
    if (dependencies === undefined || this.#project.tracker.isValid(dependencies)) return version;
    this.#looked.set(file, { version: version + 1 });
    return version + 1;
  }

  /** Adds the modules that it looked into to `modules`. */
  #valueKey(value: Value, modules: Map<FilePath, Module | undefined>): string {
    const taints = value.taints.map(({ sourceKey, cleared, last }) => {
      if (last !== undefined) modules.set(last.place.file, this.#project.module(last.place.file));
      const base =
        last?.place.tree === undefined ? 0 : baseOf(this.#project, last.place.file, last.place.tree);
      return `${sourceKey}:${cleared}:${base}`;
    });
    return `${taints.join('&')}|${value.constants?.join('&')}|${value.refs.map(refKey).join('&')}`;
  }

  #lookAt(file: FilePath, steps: Budget): TemplateLook {
    const collector = new LookCollector(file);
    const called = new Set<object>();
    let isReached = false;
    const add = (entry: FilePath, renders: readonly Render[]) => {
      const run = this.#runs.of(entry, renders, () => contextOf(renders), steps);
      const look = run.looks.get(file);
      if (look !== undefined) collector.addAll(look);
      for (const macro of run.called) called.add(macro);
      isReached ||= run.reached.has(file);
    };
    for (const { entry, renders } of this.#contexts(file)) add(entry, renders);
    if (!isReached) add(file, []);
    this.#interpreter(collector, steps).runUncalledMacros(file, called);
    return collector.look();
  }

  #interpreter(collector: TemplateListener, steps: Budget): TemplateInterpreter {
    return new TemplateInterpreter(this.#project, new TemplateCalls(this.#createMachine), collector, steps);
  }

  #lookInto(file: FilePath, renders: readonly Render[], steps: Budget): readonly EmbeddedLook[] {
    const byNode = new Map<object, { readonly embedded: EmbeddedTemplate; readonly envs: Env[] }>();
    for (const { source, context } of renders) {
      const known = source === undefined ? undefined : byNode.get(source.node);
      if (known !== undefined) known.envs.push(new Env(undefined, new Map(context)));
      else if (source !== undefined) {
        const embedded = embeddedTemplate(this.#project, file, source);
        if (embedded !== undefined)
          byNode.set(source.node, { embedded, envs: [new Env(undefined, new Map(context))] });
      }
    }
    return [...byNode.values()].map(({ embedded, envs }) => {
      const collector = new LookCollector(file);
      const interpreter = this.#interpreter(collector, steps);
      const few = envs.length <= MAX_CONTEXTS ? envs : [envs.reduce(joinContexts)];
      for (const env of few) interpreter.runText(file, embedded.template, env);
      interpreter.runUncalledMacros(file);
      return { embedded, ...collector.look() };
    });
  }

  #embeddedRenders(file: FilePath): readonly Render[] {
    return [...this.#results.rendersOf(embeddedName(file))].sort((a, b) => comparePlaces(a.place, b.place));
  }

  /** Renders from which a template can be reached, in a stable order. Adds the names that were asked for to `names`. */
  #rendersReaching(file: FilePath, names = new Set<string>()): readonly ReachingRender[] {
    const reaching = templatesReaching(this.#project, file);
    const found = [...reaching].sort().flatMap((entry) => this.#rendersOf(entry, names));
    const choosing = this.#project.choosingTemplates();
    const entries = new Set(choosing.flatMap((file) => [...templatesReaching(this.#project, file)]));
    for (const entry of [...entries].sort())
      if (!reaching.has(entry))
        found.push(...this.#rendersOf(entry, names).filter(({ render }) => this.#isNaming(render, reaching)));
    return found.sort((a, b) => comparePlaces(a.render.place, b.render.place));
  }

  #rendersOf(entry: FilePath, names: Set<string>): readonly ReachingRender[] {
    return namesOfTemplate(entry).flatMap((name) => {
      names.add(name);
      return this.#results.rendersOf(name).map((render) => ({ entry, render }));
    });
  }

  /** Whether a view hands over the name of one of `files`, for a template that pulls in what it is told. */
  #isNaming({ context }: Render, files: ReadonlySet<FilePath>): boolean {
    return [...context.values()].some(({ constants = [] }) =>
      constants.some(
        (name) =>
          typeof name === 'string' &&
          name !== '' &&
          this.#project.templatesNamed(name).some((named) => files.has(named)),
      ),
    );
  }

  /** Contexts of the templates that views render and from which `file` is reached. Few are told apart; those of
   *  a template that many views render are joined. */
  #contexts(file: FilePath): readonly { readonly entry: FilePath; readonly renders: readonly Render[] }[] {
    const reaching = this.#rendersReaching(file);
    if (reaching.length <= MAX_CONTEXTS)
      return reaching.map(({ entry, render }) => ({ entry, renders: [render] }));
    const byEntry = new Map<FilePath, Render[]>();
    for (const { entry, render } of reaching) {
      const known = byEntry.get(entry);
      if (known === undefined) byEntry.set(entry, [render]);
      else known.push(render);
    }
    return [...byEntry].map(([entry, renders]) => ({ entry, renders }));
  }
}

/** What several renders hand over, joined. */
function contextOf(renders: readonly Render[]): Env {
  const [first = new Env(), ...others] = renders.map(({ context }) => new Env(undefined, new Map(context)));
  return others.reduce(joinContexts, first);
}

/** Every name by which a template can be asked for: each end of its path. */
function namesOfTemplate(file: FilePath): readonly string[] {
  return [file, ...[...file.matchAll(/\//g)].map(({ index }) => file.slice(index + 1))];
}

function comparePlaces(a: Place, b: Place): number {
  if (a.file !== b.file) return a.file < b.file ? -1 : 1;
  return a.range.start - b.range.start;
}

/** A name that only one of two views passes is not bound in the other: no constant says what it is. */
function joinContexts(a: Env, b: Env): Env {
  const joined = new Env();
  for (const key of new Set([...a.entries(), ...b.entries()].map(([name]) => name))) {
    const [x, y] = [a.get(key), b.get(key)];
    const value = x !== undefined && y !== undefined ? join(x, y) : (x ?? y);
    if (value !== undefined)
      joined.set(key, x === undefined || y === undefined ? { ...value, constants: undefined } : value);
  }
  return joined;
}
