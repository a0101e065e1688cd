/** Interprets templates with the contexts that views give them, through `extends` and `include`. */
import type { FilePath } from '../base/filePath';
import type { Project } from '../model/project';
import type {
  JinjaExpression,
  JinjaFilter,
  MacroNode,
  Template,
  TemplateBody,
  TemplateNode,
} from '../syntax/jinja/ast';
import { walkNodes } from '../syntax/jinja/walk';
import { Env } from './env';
import { iterated } from './evaluate';
import { jinjaValue, type Macro, macroValue, printed, type TemplateFrame } from './templateValues';
import { CLEAN, join, joinAll, UNKNOWN, type Value } from './values';

/** A filter such as `safe` that declares its input to be safe HTML. */
export interface MarkHit {
  readonly filter: JinjaFilter;
  readonly value: Value;
}

const MAX_DEPTH = 12;

/** Interprets `entry` and the templates it pulls in; `onMark` hears of every mark in any of them. */
export class TemplateInterpreter {
  readonly #project: Project;
  readonly #onMark: (file: FilePath, filter: JinjaFilter, value: Value) => void;
  readonly #active: object[] = [];
  /** Macros that some template calls, so that what they are given is known. */
  readonly #called = new Set<MacroNode>();

  constructor(project: Project, onMark: (file: FilePath, filter: JinjaFilter, value: Value) => void) {
    this.#project = project;
    this.#onMark = onMark;
  }

  run(file: FilePath, env: Env): void {
    const template = this.#project.template(file);
    if (template !== undefined)
      this.#once(template, () => this.#body(template.body, env, this.#frame(file, template)));
  }

  /** Interprets the macros of a file that nothing has called, with parameters that can be anything. */
  runUncalledMacros(file: FilePath): void {
    const template = this.#project.template(file);
    if (template === undefined) return;
    for (const node of walkNodes(template.body))
      if (node.kind === 'Macro' && !this.#called.has(node))
        this.#macroBody({ node, file, env: new Env() }, [], undefined);
  }

  /** Runs unless it is running already (a template that extends itself) or too much is. */
  #once(key: object, run: () => void): void {
    if (this.#active.includes(key) || this.#active.length >= MAX_DEPTH) return;
    this.#active.push(key);
    run();
    this.#active.pop();
  }

  #frame(file: FilePath, template: Template): TemplateFrame {
    return {
      project: this.#project,
      file,
      text: template.text,
      onMark: (filter, value) => this.#onMark(file, filter, value),
      onMacro: (macro, args) => this.#macroBody(macro, args.positional, args.named),
    };
  }

  #body(body: TemplateBody, env: Env, frame: TemplateFrame): void {
    for (const node of body) this.#node(node, env, frame);
  }

  #node(node: TemplateNode, env: Env, frame: TemplateFrame): void {
    switch (node.kind) {
      case 'Output':
        jinjaValue(node.expression, env, frame);
        return;
      case 'If': {
        const states: Env[] = [];
        for (const branch of node.branches) {
          jinjaValue(branch.test, env, frame);
          const state = env.copy();
          this.#body(branch.body, state, frame);
          states.push(state);
        }
        const state = env.copy();
        this.#body(node.orelse, state, frame);
        for (const [name, value] of Env.joinAll([...states, state])?.entries() ?? []) env.set(name, value);
        return;
      }
      case 'For': {
        const inner = env.copy();
        const { target, iter } = node;
        this.#bind(target, iterated(jinjaValue(iter, env, frame)), inner);
        inner.set('loop', { taints: [], refs: [] });
        if (node.test) jinjaValue(node.test, inner, frame);
        this.#body(node.body, inner, frame);
        return this.#body(node.orelse, env.copy(), frame);
      }
      case 'Block':
        return this.#body(node.body, env.copy(), frame);
      case 'Extends':
      case 'Include':
        return this.#pullIn(node.template, env, frame);
      case 'Import':
      case 'FromImport':
        return this.#import(node, env, frame);
      case 'Macro':
        return env.set(node.name, macroValue({ node, file: frame.file, env }));
      case 'CallBlock': {
        jinjaValue(node.call, env, frame);
        const inner = env.copy();
        for (const parameter of node.params) inner.set(parameter.name, UNKNOWN);
        return this.#body(node.body, inner, frame);
      }
      case 'FilterBlock':
        jinjaValue(node.chain, env, frame);
        return this.#body(node.body, env, frame);
      case 'Set':
        return this.#bind(node.target, jinjaValue(node.value, env, frame), env);
      case 'SetBlock':
        this.#body(node.body, env.copy(), frame);
        if (node.chain) jinjaValue(node.chain, env, frame);
        return this.#bind(node.target, printed(CLEAN), env);
      case 'With': {
        const inner = env.copy();
        for (const { target, value } of node.assignments)
          this.#bind(target, jinjaValue(value, env, frame), inner);
        return this.#body(node.body, inner, frame);
      }
      case 'Autoescape':
        return this.#body(node.body, env, frame);
      case 'Do':
        jinjaValue(node.expression, env, frame);
        return;
      case 'Trans':
        for (const { value } of node.variables) jinjaValue(value, env, frame);
        return this.#body(node.body, env, frame);
      case 'Unknown':
        for (const expression of node.expressions) jinjaValue(expression, env, frame);
        return;
      case 'Text':
      case 'Comment':
      case 'Raw':
      case 'LoopControl':
        return;
    }
  }

  /** A macro sees its arguments and what its own file binds. */
  #macroBody(
    macro: Macro,
    positional: readonly Value[],
    named: ReadonlyMap<string, Value> | undefined,
  ): void {
    const { node, file } = macro;
    const template = this.#project.template(file);
    if (template === undefined) return;
    if (named !== undefined) this.#called.add(node);
    const env = macro.env.copy();
    const frame = this.#frame(file, template);
    for (const name of ['varargs', 'kwargs', 'caller']) env.set(name, name === 'caller' ? CLEAN : UNKNOWN);
    node.params.forEach((parameter, index) => {
      const given = positional[index] ?? named?.get(parameter.name);
      const fallback = parameter.default ? jinjaValue(parameter.default, env, frame) : CLEAN;
      env.set(parameter.name, given ?? (named === undefined ? UNKNOWN : fallback));
    });
    this.#once(node, () => this.#body(node.body, env, frame));
  }

  /** Binds the macros of another file, by name or below an alias. */
  #import(
    node: Extract<TemplateNode, { kind: 'Import' | 'FromImport' }>,
    env: Env,
    frame: TemplateFrame,
  ): void {
    for (const file of this.#templates(node.template, env, frame)) {
      const template = this.#project.template(file);
      if (template === undefined) continue;
      const inner = node.withContext ? env.copy() : new Env();
      this.#once(template, () => this.#body(template.body, inner, this.#frame(file, template)));
      if (node.kind === 'FromImport')
        for (const { name, alias } of node.names) env.set(alias ?? name, inner.get(name) ?? UNKNOWN);
      else env.set(node.alias, namespaceOf(inner));
    }
  }

  #pullIn(template: JinjaExpression, env: Env, frame: TemplateFrame): void {
    for (const file of this.#templates(template, env, frame)) this.run(file, env.copy());
  }

  #templates(template: JinjaExpression, env: Env, frame: TemplateFrame): readonly FilePath[] {
    const value = jinjaValue(template, env, frame);
    const names = value.contents ? joinAll([...value.contents.entries.values()]).constants : value.constants;
    return (names ?? []).flatMap((name) =>
      typeof name === 'string' ? this.#project.templatesNamed(name) : [],
    );
  }

  #bind(target: JinjaExpression, value: Value, env: Env): void {
    if (target.kind === 'Name') env.set(target.name, value);
    if (target.kind === 'Tuple' || target.kind === 'List')
      target.elements.forEach((element, index) => {
        this.#bind(element, value.contents?.entries.get(`i:${index}`) ?? iterated(value), env);
      });
  }
}

/** What `{% import "x" as m %}` binds. */
function namespaceOf(env: Env): Value {
  const entries = [...env.entries()].map(([name, value]): [string, Value] => [`k:${name}`, value]);
  return { ...CLEAN, contents: { entries: new Map(entries) } };
}

/** Adds a mark to those found before: the same filter reached again joins its values. */
export function addMark(marks: Map<JinjaFilter, MarkHit>, filter: JinjaFilter, value: Value): void {
  const known = marks.get(filter);
  marks.set(filter, { filter, value: known === undefined ? value : join(known.value, value) });
}
