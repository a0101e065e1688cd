/** Interprets templates with the contexts that views give them, through `extends` and `include`. */
import type { FilePath } from '../base/filePath';
import type { Project } from '../model/project';
import type { JinjaExpression, JinjaFilter, Template, TemplateBody, TemplateNode } from '../syntax/jinja/ast';
import { Env } from './env';
import { iterated } from './evaluate';
import { jinjaValue, printed, type TemplateFrame } from './templateValues';
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
  readonly #active: FilePath[] = [];

  constructor(project: Project, onMark: (file: FilePath, filter: JinjaFilter, value: Value) => void) {
    this.#project = project;
    this.#onMark = onMark;
  }

  run(file: FilePath, env: Env): void {
    const template = this.#project.template(file);
    if (template === undefined || this.#active.includes(file) || this.#active.length >= MAX_DEPTH) return;
    this.#active.push(file);
    this.#body(template.body, env, this.#frame(file, template));
    this.#active.pop();
  }

  #frame(file: FilePath, template: Template): TemplateFrame {
    return {
      project: this.#project,
      file,
      text: template.text,
      onMark: (filter, value) => this.#onMark(file, filter, value),
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
        return this.#pullIn(node.template, node.withContext ? env : new Env(), frame);
      case 'Macro':
        return this.#macro(node, env, frame);
      case 'CallBlock':
        jinjaValue(node.call, env, frame);
        return this.#body(node.body, env.copy(), frame);
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
        for (const { target, value } of node.assignments) this.#bind(target, jinjaValue(value, env, frame), inner);
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

  /** A macro's parameters can be anything; what its own file binds stays visible. */
  #macro(node: Extract<TemplateNode, { kind: 'Macro' }>, env: Env, frame: TemplateFrame): void {
    const inner = env.copy();
    for (const name of ['varargs', 'kwargs']) inner.set(name, UNKNOWN);
    for (const parameter of node.params) inner.set(parameter.name, UNKNOWN);
    this.#body(node.body, inner, frame);
  }

  #pullIn(template: JinjaExpression, env: Env, frame: TemplateFrame): void {
    const value = jinjaValue(template, env, frame);
    const names = value.contents ? joinAll([...value.contents.entries.values()]).constants : value.constants;
    for (const name of names ?? [])
      if (typeof name === 'string') for (const file of this.#project.templatesNamed(name)) this.run(file, env.copy());
  }

  #bind(target: JinjaExpression, value: Value, env: Env): void {
    if (target.kind === 'Name') env.set(target.name, value);
    if (target.kind === 'Tuple' || target.kind === 'List')
      target.elements.forEach((element, index) => {
        this.#bind(element, value.contents?.entries.get(`i:${index}`) ?? iterated(value), env);
      });
  }
}

/** Adds a mark to those found before: the same filter reached again joins its values. */
export function addMark(marks: Map<JinjaFilter, MarkHit>, filter: JinjaFilter, value: Value): void {
  const known = marks.get(filter);
  marks.set(filter, { filter, value: known === undefined ? value : join(known.value, value) });
}
