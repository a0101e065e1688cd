/** Remembers what functions do with arguments of each form, and settles recursion. */
import type { DependencyTracker } from '../model/dependencies';
import type { FunctionRef } from '../model/refs';
import { TrackedCache } from '../model/trackedCache';
import type { FunctionDef } from '../syntax/python/ast';
import { type Application, type Bound, NO_EFFECT } from './application';
import { generalized, valueKey } from './symbols';
import type { Value } from './values';

/** Forms of arguments kept apart for one function; with more, constants of arguments that vary are forgotten. */
const MAX_FORMS = 12;
/** An argument with more values than this varies: a message, a name. One with fewer is a choice, such as a content
 *  type, and ways through the function depend on it. */
const MAX_CHOICES = 4;
/** With more than this, choices are forgotten as well: several of them multiply. */
const MAX_CHOSEN = 48;
/** With more than this, what containers of varying arguments hold is not told apart any longer either. */
const MAX_SHAPES = 24;
/** Rounds for a function that calls itself: what it gives grows from nothing and settles in two or three. */
const MAX_ROUNDS = 4;

/** What a function was called with so far. */
interface Forms {
  count: number;
  /** Values of each argument, as keys, until there are too many for a choice. */
  readonly seen: Map<string, Set<string>>;
}

interface Running {
  assumed: Application;
  isUsed: boolean;
  readonly level: number;
}

export class Applications {
  readonly #tracker: DependencyTracker;
  readonly #kept = new WeakMap<FunctionDef, TrackedCache<string, Application>>();
  readonly #forms = new WeakMap<FunctionDef, Forms>();
  readonly #ids = new WeakMap<FunctionDef, number>();
  readonly #running = new Map<string, Running>();
  /** Least level of a running application whose assumption the innermost one has used: what rests on it is not
   *  settled yet. */
  #assumedLevel = Number.POSITIVE_INFINITY;
  /** Results that rest on assumptions about the calls around them: good until one of these turns out otherwise. */
  readonly #provisional = new Map<string, Application>();
  #nextId = 0;

  constructor(tracker: DependencyTracker) {
    this.#tracker = tracker;
  }

  /** `isCut` tells that whoever asks has no steps left, so that what was made does not count for others. */
  apply(
    ref: FunctionRef,
    given: Bound,
    interpret: (bound: Bound) => Application,
    isCut: () => boolean,
  ): Application {
    const forms = this.#formsOf(ref.node);
    const bound = forms.count >= MAX_FORMS ? withoutVarying(given, forms) : given;
    const isNew = () => addForm(given, forms);
    return this.#applied(ref, boundKey(bound), () => interpret(bound), isCut, isNew);
  }

  /** The same for a function inside a function, whose variables from around it are among what is given. What it was
   *  made for is in them, so nothing is forgotten; how deep calls are followed from it depends on where it stands. */
  applyNested(
    ref: FunctionRef,
    given: Bound,
    depth: number,
    interpret: (bound: Bound) => Application,
    isCut: () => boolean,
  ): Application {
    return this.#applied(ref, `${depth}:${boundKey(given)}`, () => interpret(given), isCut);
  }

  #applied(
    ref: FunctionRef,
    key: string,
    interpret: () => Application,
    isCut: () => boolean,
    isNew?: () => void,
  ): Application {
    const cache = this.#cacheOf(ref.node);
    const known = cache.get(key);
    if (known !== undefined) return known;
    const id = `${this.#idOf(ref.node)}:${key}`;
    const running = this.#running.get(id);
    if (running !== undefined) {
      running.isUsed = true;
      this.#assumedLevel = Math.min(this.#assumedLevel, running.level);
      return running.assumed;
    }
    const provisional = this.#provisional.get(id);
    if (provisional !== undefined) {
      this.#assumedLevel = 0;
      return provisional;
    }
    isNew?.();
    // What was assumed before, beside this call, says nothing about this call.
    const assumedBeside = this.#assumedLevel;
    this.#assumedLevel = Number.POSITIVE_INFINITY;
    const isSettled = () => this.#assumedLevel === Number.POSITIVE_INFINITY;
    try {
      const compute = () => this.#settle(id, interpret);
      const application = cache.make(key, compute, () => isSettled() && !isCut());
      if (this.#running.size === 0) this.#provisional.clear();
      else if (!isSettled()) this.#provisional.set(id, application);
      return application;
    } finally {
      this.#assumedLevel = Math.min(this.#assumedLevel, assumedBeside);
    }
  }

  /** Interprets until what a recursive call was taken to give is what comes out. */
  #settle(id: string, interpret: () => Application): Application {
    const level = this.#running.size;
    const running: Running = { assumed: NO_EFFECT, isUsed: false, level };
    this.#running.set(id, running);
    try {
      for (let round = 1; ; round++) {
        const application = interpret();
        if (this.#assumedLevel >= level) this.#assumedLevel = Number.POSITIVE_INFINITY;
        const isSame = !running.isUsed || sameApplication(application, running.assumed);
        if (isSame || round >= MAX_ROUNDS) return application;
        running.assumed = application;
        this.#provisional.clear();
      }
    } finally {
      this.#running.delete(id);
      // Also after a failure: the next unit starts without assumptions.
      if (level === 0) this.#assumedLevel = Number.POSITIVE_INFINITY;
    }
  }

  #formsOf(node: FunctionDef): Forms {
    let forms = this.#forms.get(node);
    if (forms === undefined) {
      forms = { count: 0, seen: new Map() };
      this.#forms.set(node, forms);
    }
    return forms;
  }

  #cacheOf(node: FunctionDef): TrackedCache<string, Application> {
    let cache = this.#kept.get(node);
    if (cache === undefined) {
      cache = new TrackedCache(this.#tracker);
      this.#kept.set(node, cache);
    }
    return cache;
  }

  #idOf(node: FunctionDef): number {
    const id = this.#ids.get(node) ?? this.#nextId++;
    this.#ids.set(node, id);
    return id;
  }
}

function boundKey(bound: Bound): string {
  return [...bound].map(([name, value]) => `${name}=${valueKey(value)}`).join(',');
}

function addForm(given: Bound, forms: Forms): void {
  forms.count++;
  for (const [name, value] of given) {
    const seen = forms.seen.get(name);
    if (seen === undefined) forms.seen.set(name, new Set([valueKey(value)]));
    else if (seen.size <= MAX_CHOICES) seen.add(valueKey(value));
  }
}

function withoutVarying(given: Bound, { count, seen }: Forms): Bound {
  const isChoice = (name: string) => count < MAX_CHOSEN && (seen.get(name)?.size ?? 0) <= MAX_CHOICES;
  return new Map(
    [...given].map(([name, value]): [string, Value] => [
      name,
      isChoice(name) ? value : generalized(value, count < MAX_SHAPES),
    ]),
  );
}

function sameApplication(a: Application, b: Application): boolean {
  return (
    valueKey(a.result) === valueKey(b.result) &&
    a.hits.length === b.hits.length &&
    a.guards.size === b.guards.size
  );
}
