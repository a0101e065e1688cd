/** What is worked out from one top-level statement, kept until the statement, or something that was read of the
 *  project, has changed: an edit costs the statements it touches, however long the file and however many the rules. */
import type { FilePath } from '../base/filePath';
import type { FlowEngine } from '../flow/engine';
import type { Tracked } from '../model/dependencies';
import type { Project } from '../model/project';
import type { UnitContext } from '../rules/unitContext';
import type { UnitTree } from '../syntax/python/ast';
import { createUnitContext } from './unitContext';

interface Kept<T> extends Tracked<T> {
  readonly file: FilePath;
}

/** One kind of result. */
export class UnitMemo<T> {
  readonly #project: Project;
  readonly #engine: FlowEngine;
  readonly #compute: (unit: UnitContext) => T;
  readonly #kept = new WeakMap<UnitTree, Kept<T>>();

  constructor(project: Project, engine: FlowEngine, compute: (unit: UnitContext) => T) {
    this.#project = project;
    this.#engine = engine;
    this.#compute = compute;
  }

  of(file: FilePath, tree: UnitTree): T {
    const { tracker } = this.#project;
    const kept = this.#kept.get(tree);
    if (kept !== undefined && kept.file === file && tracker.isValid(kept.dependencies)) {
      tracker.use(kept.dependencies);
      return kept.value;
    }
    const context = createUnitContext(file, tree, this.#project, this.#engine);
    const { value, dependencies } = tracker.track(() => this.#compute(context));
    this.#kept.set(tree, { file, value, dependencies });
    return value;
  }
}

/** Results of any kind; each is told by the function that makes it. */
export class UnitMemos {
  readonly #project: Project;
  readonly #engine: FlowEngine;
  readonly #memos = new Map<unknown, unknown>();

  constructor(project: Project, engine: FlowEngine) {
    this.#project = project;
    this.#engine = engine;
  }

  of<T>(file: FilePath, tree: UnitTree, compute: (unit: UnitContext) => T): T {
    let memo = this.#memos.get(compute) as UnitMemo<T> | undefined;
    if (memo === undefined) {
      memo = new UnitMemo(this.#project, this.#engine, compute);
      this.#memos.set(compute, memo);
    }
    return memo.of(file, tree);
  }
}
