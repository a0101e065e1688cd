/** What interpreting templates from an entry gives, for every template that it pulls in: worked out once and used by
 *  the looks at all of them. A layout is reached from every page; a change of one page costs that page alone. */
import type { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Tracked } from '../model/dependencies';
import type { Project } from '../model/project';
import type { JinjaFilter, Output, Template } from '../syntax/jinja/ast';
import type { Env } from './env';
import type { Render } from './machine';
import { LookCollector } from './templateLook';
import type { TemplateInterpreter, TemplateListener } from './templates';
import type { Value } from './values';

export interface TemplateRun {
  /** What was met, by the template it stands in. */
  readonly looks: ReadonlyMap<FilePath, LookCollector>;
  readonly reached: ReadonlySet<FilePath>;
  /** Macros that were called. */
  readonly called: ReadonlySet<object>;
}

interface Kept extends TemplateRun {
  readonly renders: readonly Render[];
  /** Templates as they were read. */
  readonly read: ReadonlyMap<FilePath, Template | undefined>;
  readonly nSteps: number;
}

export class TemplateRuns {
  readonly #project: Project;
  readonly #createInterpreter: (listener: TemplateListener, steps: Budget) => TemplateInterpreter;
  readonly #kept = new Map<FilePath, readonly Tracked<Kept>[]>();
  /** When templates come or go, names may mean others. */
  #listRevision = 0;

  constructor(
    project: Project,
    createInterpreter: (listener: TemplateListener, steps: Budget) => TemplateInterpreter,
  ) {
    this.#project = project;
    this.#createInterpreter = createInterpreter;
  }

  /** Interprets `entry` with what these renders hand over together. It takes the same steps whether it is kept or
   *  not, so that what is cut does not depend on who asked before. */
  of(entry: FilePath, renders: readonly Render[], env: () => Env, steps: Budget): TemplateRun {
    const { tracker } = this.#project;
    const valid = this.#valid(entry);
    const known = valid.find(({ value }) => isSame(value.renders, renders));
    if (known !== undefined && known.value.nSteps <= steps.left) {
      steps.spend(known.value.nSteps);
      tracker.use(known.dependencies);
      return known.value;
    }
    const made = tracker.track(() => this.#run(entry, renders, env(), steps));
    if (!steps.isShort && !steps.isCancelled && !tracker.isPaused) this.#kept.set(entry, [...valid, made]);
    return made.value;
  }

  #run(entry: FilePath, renders: readonly Render[], env: Env, steps: Budget): Kept {
    const before = steps.left;
    const listener = new Listener();
    const interpreter = this.#createInterpreter(listener, steps);
    interpreter.run(entry, env);
    const { reached, called, read } = interpreter;
    return { renders, looks: listener.looks, reached, called, read, nSteps: before - steps.left };
  }

  #valid(entry: FilePath): readonly Tracked<Kept>[] {
    const { tracker, templateListRevision } = this.#project;
    if (this.#listRevision !== templateListRevision) {
      this.#listRevision = templateListRevision;
      this.#kept.clear();
    }
    const kept = this.#kept.get(entry);
    return (kept ?? NONE).filter(
      ({ value, dependencies }) =>
        tracker.isValid(dependencies) &&
        [...value.read].every(([file, template]) => this.#project.template(file) === template),
    );
  }
}

const NONE: readonly Tracked<Kept>[] = [];

function isSame(a: readonly Render[], b: readonly Render[]): boolean {
  return a.length === b.length && a.every((render, index) => render === b[index]);
}

/** Hears of all templates. */
class Listener implements TemplateListener {
  readonly looks = new Map<FilePath, LookCollector>();

  onMark(file: FilePath, filter: JinjaFilter, value: Value): void {
    this.#in(file).onMark(file, filter, value);
  }

  onOutput(file: FilePath, output: Output, value: Value): void {
    this.#in(file).onOutput(file, output, value);
  }

  #in(file: FilePath): LookCollector {
    let look = this.looks.get(file);
    if (look === undefined) {
      look = new LookCollector(file);
      this.looks.set(file, look);
    }
    return look;
  }
}
