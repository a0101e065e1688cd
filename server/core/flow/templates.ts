/** Interprets templates with the contexts that views give them, through `extends` and `include`. */
import type { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Project } from '../model/project';
import type {
  BlockNode,
  CallNode,
  JinjaExpression,
  JinjaFilter,
  Output,
  Template,
  TemplateBody,
  TemplateNode,
} from '../syntax/jinja/ast';
import { walkNodes } from '../syntax/jinja/walk';
import { Env } from './env';
import { iterated } from './evaluate';
import type { TemplateArguments, TemplateCalls } from './templateCalls';
import { importedValue, indexed, keyed, type Macro, macroValue, writeMember } from './templateObjects';
import { templateBranches } from './templateTests';
import { jinjaValue, type TemplateFrame } from './templateValues';
import { CLEAN, joinAll, UNKNOWN, type Value } from './values';

/** A filter that declares its input to be safe HTML: `safe`, or one of the project that makes `Markup` of it. */
export interface MarkHit {
  readonly filter: JinjaFilter;
  readonly value: Value;
}

/** An output with what it can write, over all ways in which it is reached. */
export interface OutputHit {
  readonly output: Output;
  readonly value: Value;
}

/** What interpreting templates gives, as it is met. */
export interface TemplateListener {
  onMark(file: FilePath, filter: JinjaFilter, value: Value): void;
  onOutput(file: FilePath, output: Output, value: Value): void;
}

/** A block where it is defined. */
interface BlockBody {
  readonly node: BlockNode;
  readonly file: FilePath;
  readonly template: Template;
}

/** What is common to a template and those it extends. */
interface Chain {
  /** For each block its bodies, those of the template that extends the others first. */
  readonly blocks: Map<string, BlockBody[]>;
  readonly isClosed: boolean;
}

/** The template being interpreted: its part of the chain, and the block around. */
interface Scope extends TemplateFrame {
  readonly chain: Chain;
  /** Parents, once `extends` was seen; then the blocks of this template wait to be asked for. */
  readonly parents: Set<FilePath>;
  readonly isChild: boolean;
  onOutput(output: Output, value: Value): void;
}

const MAX_DEPTH = 12;

/** Interprets `entry` and the templates it pulls in; the listener hears of what is in any of them. */
export class TemplateInterpreter {
  readonly #project: Project;
  readonly #calls: TemplateCalls;
  readonly #listener: TemplateListener;
  readonly #steps: Budget;
  readonly #active: object[] = [];
  /** Macros that some template calls, so that what they are given is known. */
  readonly called = new Set<object>();
  /** Files that were interpreted, as themselves or pulled in. */
  readonly reached = new Set<FilePath>();
  /** Files that were asked for, as they are. */
  readonly read = new Map<FilePath, Template | undefined>();
  /** What was imported without context, and how deep. */
  readonly #imported = new Map<FilePath, { readonly env: Env; readonly depth: number }>();
  /** Templates that are not files: texts in Python. */
  readonly #texts = new Map<FilePath, Template>();

  constructor(project: Project, calls: TemplateCalls, listener: TemplateListener, steps: Budget) {
    this.#steps = steps;
    this.#project = project;
    this.#calls = calls;
    this.#listener = listener;
  }

  run(file: FilePath, env: Env): void {
    this.#run(file, env, { blocks: new Map(), isClosed: false });
  }

  /** Interprets a template that is written in `file`. */
  runText(file: FilePath, template: Template, env: Env): void {
    this.#texts.set(file, template);
    this.run(file, env);
  }

  #templateOf(file: FilePath): Template | undefined {
    const template = this.#texts.get(file) ?? this.#project.template(file);
    this.read.set(file, template);
    return template;
  }

  #run(file: FilePath, env: Env, chain: Chain): void {
    const template = this.#templateOf(file);
    if (template === undefined) return;
    this.#once(template, () => this.#template(file, template, env, chain));
  }

  /** The template itself, then what it extends: that sees what was set here and fills in the blocks. */
  #template(file: FilePath, template: Template, env: Env, chain: Chain): void {
    this.reached.add(file);
    const scope = this.#scope(file, template, chain);
    const parents = extendsOf(template).flatMap((node) => this.#templates(node, env, scope));
    const isChild = parents.length > 0;
    for (const node of walkNodes(template.body))
      if (node.kind === 'Block') {
        const bodies = chain.blocks.get(node.name);
        if (bodies === undefined) chain.blocks.set(node.name, [{ node, file, template }]);
        else bodies.push({ node, file, template });
      }
    this.#body(template.body, env, { ...scope, isChild });
    // Names that are set before `extends` may choose the layout.
    const found = new Set([...parents, ...(isChild ? [] : scope.parents)]);
    const { size } = found;
    for (const parent of found) {
      const blocks =
        size > 1 ? new Map([...chain.blocks].map(([key, list]) => [key, [...list]])) : chain.blocks;
      this.#run(parent, size > 1 ? env.copy() : env, { ...chain, blocks });
    }
  }

  /** Interprets the macros of a file that nothing has called, here or among `called`, with parameters that can be
   *  anything. */
  runUncalledMacros(file: FilePath, called: Iterable<object> = []): void {
    for (const macro of called) this.called.add(macro);
    const template = this.#templateOf(file);
    if (template === undefined) return;
    for (const node of walkNodes(template.body))
      if (node.kind === 'Macro' && !this.called.has(node))
        this.#macroBody({ node, file, env: new Env(), isClosed: false }, undefined, undefined);
  }

  /** Runs unless it is running already (a template that extends itself) or too much is. */
  #once(key: object, run: () => void): void {
    if (this.#active.includes(key) || this.#active.length >= MAX_DEPTH) return;
    this.#active.push(key);
    run();
    this.#active.pop();
  }

  #scope(file: FilePath, template: Template, chain: Chain): Scope {
    return {
      project: this.#project,
      calls: this.#calls,
      file,
      text: template.text,
      chain,
      parents: new Set(),
      isChild: false,
      isClosed: chain.isClosed,
      onMark: (filter, value) => this.#listener.onMark(file, filter, value),
      onOutput: (output, value) => this.#listener.onOutput(file, output, value),
      onMacro: (macro, args, caller) => this.#macroBody(macro, args, caller),
      onSuper: () => {},
      onBlock: (name, env) => this.#block(chain.blocks.get(name) ?? [], env, chain),
    };
  }

  /** The outermost body of a block; `super()` in it stands for the next. */
  #block([first, ...others]: readonly BlockBody[], env: Env, chain: Chain): void {
    if (first === undefined) return;
    const scope = this.#scope(first.file, first.template, chain);
    const onSuper = (inner: Env) => this.#block(others, inner.copy(), chain);
    this.#once(first.node, () => this.#body(first.node.body, env.copy(), { ...scope, onSuper }));
  }

  #body(body: TemplateBody, env: Env, frame: Scope): void {
    for (const node of body) if (this.#steps.spend()) this.#node(node, env, frame);
  }

  #node(node: TemplateNode, env: Env, frame: Scope): void {
    switch (node.kind) {
      case 'Output':
        return frame.onOutput(node, jinjaValue(node.expression, env, frame));
      case 'If':
        return this.#if(node, env, frame);
      case 'For': {
        const inner = env.copy();
        const { target, iter } = node;
        this.#bind(target, iterated(jinjaValue(iter, env, frame)), inner);
        inner.set('loop', { taints: [], refs: [] });
        const taken = node.test ? templateBranches(node.test, inner, frame).whenTrue : inner;
        if (taken) this.#body(node.body, taken, frame);
        return this.#body(node.orelse, env.copy(), frame);
      }
      case 'Block':
        // The parent says where the blocks of a child go.
        if (frame.isChild) return;
        return this.#block(frame.chain.blocks.get(node.name) ?? [], env, frame.chain);
      case 'Extends':
        for (const file of this.#templates(node.template, env, frame)) frame.parents.add(file);
        return;
      case 'Include': {
        const chain = { blocks: new Map(), isClosed: frame.isClosed || !node.withContext };
        for (const file of this.#templates(node.template, env, frame))
          this.#run(file, node.withContext ? env.copy() : new Env(), chain);
        return;
      }
      case 'Import':
      case 'FromImport':
        return this.#import(node, env, frame);
      case 'Macro': {
        const { file, isClosed } = frame;
        return env.set(node.name, macroValue({ node, file, env, isClosed }));
      }
      case 'CallBlock':
        return this.#callBlock(node, env, frame);
      case 'FilterBlock':
        jinjaValue(node.chain, env, frame);
        return this.#body(node.body, env, frame);
      case 'Set':
        return this.#bind(node.target, jinjaValue(node.value, env, frame), env);
      case 'SetBlock':
        this.#body(node.body, env.copy(), frame);
        if (node.chain) jinjaValue(node.chain, env, frame);
        return this.#bind(node.target, CLEAN, env);
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

  #if(node: Extract<TemplateNode, { kind: 'If' }>, env: Env, frame: Scope): void {
    const states: (Env | undefined)[] = [];
    let going: Env | undefined = env.copy();
    for (const branch of node.branches) {
      if (going === undefined) break;
      const { whenTrue, whenFalse } = templateBranches(branch.test, going, frame);
      if (whenTrue) this.#body(branch.body, whenTrue, frame);
      states.push(whenTrue);
      going = whenFalse;
    }
    if (going) this.#body(node.orelse, going, frame);
    const joined = Env.joinAll([...states, going]);
    for (const [name, value] of joined?.entries() ?? []) if (env.get(name) !== value) env.set(name, value);
  }

  /** The body runs where the macro asks for it, with what `caller(…)` is given. */
  #callBlock(node: CallNode, env: Env, frame: Scope): void {
    const body = { name: 'caller', params: node.params, body: node.body };
    const caller = macroValue({ node: body, file: frame.file, env, isClosed: frame.isClosed });
    jinjaValue(node.call, env, { ...frame, caller });
    if (this.called.has(body)) return;
    const inner = env.copy();
    for (const parameter of node.params) inner.set(parameter.name, UNKNOWN);
    this.#body(node.body, inner, frame);
  }

  /** A macro sees its arguments and what its own file binds. Without arguments they can be anything. */
  #macroBody(macro: Macro, args: TemplateArguments | undefined, caller: Value | undefined): void {
    const { node, file, isClosed } = macro;
    const template = this.#templateOf(file);
    if (template === undefined) return;
    if (args !== undefined) this.called.add(node);
    const env = macro.env.copy();
    const frame = this.#scope(file, template, { blocks: new Map(), isClosed });
    if (node.name !== 'caller') {
      const names = new Set(node.params.map(({ name }) => name));
      const varargs = (args?.positional ?? []).slice(node.params.length);
      const kwargs = [...(args?.named ?? [])].filter(([name]) => !names.has(name));
      env.set('varargs', args ? indexed(varargs) : UNKNOWN);
      env.set('kwargs', args ? keyed(kwargs) : UNKNOWN);
      env.set('caller', caller ?? CLEAN);
    }
    node.params.forEach((parameter, index) => {
      const given = args?.positional[index] ?? args?.named.get(parameter.name);
      const fallback = parameter.default ? jinjaValue(parameter.default, env, frame) : CLEAN;
      env.set(parameter.name, given ?? (args === undefined ? UNKNOWN : fallback));
    });
    this.#once(node, () => this.#body(node.body, env, frame));
  }

  /** Binds the macros of another file, by name or below an alias. */
  #import(node: Extract<TemplateNode, { kind: 'Import' | 'FromImport' }>, env: Env, frame: Scope): void {
    for (const file of this.#templates(node.template, env, frame)) {
      const template = this.#templateOf(file);
      if (template === undefined) continue;
      const inner = node.withContext ? env.copy() : this.#alone(file);
      if (node.withContext) this.#run(file, inner, { blocks: new Map(), isClosed: frame.isClosed });
      if (node.kind === 'FromImport')
        for (const { name, alias } of node.names) env.set(alias ?? name, inner.get(name) ?? UNKNOWN);
      else env.set(node.alias, importedValue(inner));
    }
  }

  /** What a template binds that is imported without context: the same whoever imports it, but for what lies too deep. */
  #alone(file: FilePath): Env {
    const depth = this.#active.length;
    const known = this.#imported.get(file);
    if (known !== undefined && known.depth <= depth) return known.env;
    const env = new Env();
    this.#imported.set(file, { env, depth });
    this.#run(file, env, { blocks: new Map(), isClosed: true });
    return env;
  }

  #templates(template: JinjaExpression, env: Env, frame: Scope): readonly FilePath[] {
    const value = jinjaValue(template, env, frame);
    const names = value.contents ? joinAll([...value.contents.entries.values()]).constants : value.constants;
    return (names ?? []).flatMap((name) =>
      typeof name === 'string' ? this.#project.templatesNamed(name) : [],
    );
  }

  #bind(target: JinjaExpression, value: Value, env: Env): void {
    if (target.kind === 'Name') env.set(target.name, value);
    if (target.kind === 'Attribute' && target.object.kind === 'Name')
      writeMember(env.get(target.object.name), target.name, value);
    if (target.kind === 'Tuple' || target.kind === 'List')
      target.elements.forEach((element, index) => {
        this.#bind(element, value.contents?.entries.get(`i:${index}`) ?? iterated(value), env);
      });
  }
}

/** The layouts that a template names at its top level. */
function extendsOf(template: Template): readonly JinjaExpression[] {
  return template.body.flatMap((node) => (node.kind === 'Extends' ? [node.template] : []));
}
