/** Calls of Python from templates: filters, tests, globals, context processors, methods and properties. */
import { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import { KNOWLEDGE } from '../knowledge/index';
import { isPropertyFunction } from '../model/methodKinds';
import type { Place } from '../model/place';
import { type FunctionRef, type Ref, rowNames } from '../model/refs';
import { inside, type Site } from '../model/scope';
import { type Binding, scopeOf } from '../model/scopes';
import type { AdditionRole, TemplateAddition } from '../model/templateAdditions';
import type { Expression, FunctionDef } from '../syntax/python/ast';
import { walkExpressions } from '../syntax/python/walk';
import { type Application, bindArguments, MAX_CALL_DEPTH, STEPS_PER_CALL } from './application';
import type { Arguments } from './calls';
import { Env } from './env';
import { evaluate } from './evaluate';
import { shownName } from './lambdas';
import { type Machine, newFrame } from './machine';
import { instantiate, symbolize } from './symbols';
import {
  CLEAN,
  cleared,
  joinAll,
  joinTaints,
  type KindSet,
  kindSet,
  type Step,
  stepped,
  UNKNOWN,
  type Value,
  withRefs,
} from './values';

/** Arguments of a call in a template. */
export interface TemplateArguments {
  readonly positional: readonly Value[];
  readonly named: ReadonlyMap<string, Value>;
}

/** Where in a template something is called. */
export interface CallPlace extends Range {
  readonly file: FilePath;
  /** Called with what the function declares to be HTML. */
  onMarkup?(value: Value): void;
}

/** Kinds of sinks that a test proves its input safe for. */
export interface ProvenKinds {
  readonly whenTrue: KindSet;
  readonly whenFalse: KindSet;
}

/** Decorators that make Jinja pass something of its own before the other arguments. */
const PASSING = new Set([
  'pass_context',
  'pass_environment',
  'pass_eval_context',
  'contextfilter',
  'environmentfilter',
  'evalcontextfilter',
  'contextfunction',
  'environmentfunction',
]);

/** Steps for one look at one template, spent on the Python that it calls. */
export const TEMPLATE_STEPS = 150_000;

/** Local variables made from local variables are followed this far. */
const MAX_LOCAL_DEPTH = 4;

export class TemplateCalls {
  readonly #machine: Machine;
  readonly #additions: ReadonlyMap<string, readonly TemplateAddition[]>;
  #processed: ReadonlyMap<string, Value> | undefined;

  constructor(createMachine: (budget: Budget) => Machine) {
    this.#machine = createMachine(new Budget(TEMPLATE_STEPS));
    const additions = new Map<string, TemplateAddition[]>();
    for (const addition of this.#machine.project.templateAdditions()) {
      const key = `${addition.role}:${nameOf(addition) ?? ''}`;
      additions.set(key, [...(additions.get(key) ?? []), addition]);
    }
    this.#additions = additions;
  }

  /** The filter, test or global of a name; undefined when the project adds none. */
  addition(role: Exclude<AdditionRole, 'processor'>, name: string): Value | undefined {
    const found = this.#additions.get(`${role}:${name}`);
    return found === undefined ? undefined : joinOrOnly(found.map((addition) => this.#valueOf(addition)));
  }

  /** What context processors give under a name, unless the view gives it itself. */
  processed(name: string): Value | undefined {
    this.#processed ??= this.#process();
    return this.#processed.get(name);
  }

  #process(): ReadonlyMap<string, Value> {
    const context = new Map<string, Value>();
    for (const [key, additions] of this.#additions) {
      if (!key.startsWith('processor:')) continue;
      for (const addition of additions) {
        const given = this.call(this.#valueOf(addition), { positional: [], named: new Map() }, undefined);
        for (const [entry, value] of given.contents?.entries ?? []) {
          if (!entry.startsWith('k:')) continue;
          const known = context.get(entry.slice(2));
          context.set(entry.slice(2), known === undefined ? value : joinAll([known, value]));
        }
      }
    }
    return context;
  }

  #valueOf({ value, site }: TemplateAddition): Value {
    if (value.kind !== 'FunctionDef') return this.#valueAt(value, site);
    this.#close(value, site);
    return { ...CLEAN, refs: [{ ...site, kind: 'function', node: value }] };
  }

  /** Gives a function inside a function, such as an app factory, the variables around it. */
  #close(node: FunctionDef, site: Site): void {
    const { closures } = this.#machine;
    const around = site.owners.at(-1);
    if (around?.kind !== 'FunctionDef' || closures.has(node)) return;
    const env = new Env();
    for (const [name, bindings] of scopeOf(around).bindings)
      if (bindings.every(({ kind }) => kind === 'value'))
        env.set(name, this.#localValue(name, bindings, site, 0));
    closures.set(node, env);
  }

  /** Value of an expression, without regard to order: a local variable is what any assignment gives it. */
  #valueAt(node: Expression, site: Site, depth = 0): Value {
    const env = new Env();
    const scopes = site.owners.filter((owner) => owner.kind === 'FunctionDef').map(scopeOf);
    for (const inner of scopes.length === 0 ? [] : walkExpressions(node)) {
      const bindings =
        inner.kind === 'Name' ? scopes.findLast((scope) => scope.bindings.has(inner.id)) : undefined;
      if (inner.kind === 'Name' && bindings !== undefined)
        env.set(inner.id, this.#localValue(inner.id, bindings.bindings.get(inner.id) ?? [], site, depth));
    }
    return evaluate(node, env, newFrame(this.#machine, site, true));
  }

  #localValue(name: string, bindings: readonly Binding[], site: Site, depth: number): Value {
    const values = bindings.map((binding) =>
      binding.kind === 'value' && binding.access.kind === 'whole' && depth < MAX_LOCAL_DEPTH
        ? this.#valueAt(binding.value, site, depth + 1)
        : UNKNOWN,
    );
    const value = joinOrOnly(values);
    return value.refs.length > 0 ? value : withRefs(this.#machine.project.resolver.name(name, site), value);
  }

  /** What the project stores under an attribute of a library's object, such as `g.term`; undefined: nothing. */
  stored(owner: string, attribute: string): Value | undefined {
    const { project } = this.#machine;
    const values = project
      .attributeWrites(attribute)
      .filter(({ receiver, site }) =>
        project.resolver.resolve(receiver, site).some((ref) => 'name' in ref && ref.name === owner),
      )
      .map(({ value, site }) => this.#valueAt(value, site));
    return values.length === 0 ? undefined : joinOrOnly(values);
  }

  /** What calling a value of Python gives; `self` is the object when it is a method. */
  call(callee: Value, args: TemplateArguments, place: CallPlace | undefined, self?: Value): Value {
    const all = [...args.positional, ...args.named.values()];
    const given: Arguments = { ...args, all, inOrder: all };
    const results = callee.refs.map((ref) => this.#callRef(ref, given, place, self));
    return results.length === 0 ? UNKNOWN : joinAll(results);
  }

  #callRef(ref: Ref, args: Arguments, place: CallPlace | undefined, self: Value | undefined): Value {
    const [name = ''] = rowNames([ref]);
    switch (KNOWLEDGE.hasOwnNames && KNOWLEDGE.saysResult(name) ? 'external' : ref.kind) {
      case 'function':
        return ref.kind === 'function' ? this.#callFunction(ref, args, place, self) : UNKNOWN;
      case 'external': {
        const refs = this.#machine.project.resolver.result({ kind: 'external', name });
        const instances = refs.filter(({ kind }) => kind === 'instance');
        const row = KNOWLEDGE.sanitizer(name);
        const input: Value = { taints: joinTaints([CLEAN, ...args.all]), refs: [] };
        if (row !== undefined) return { ...cleared(input, kindSet(row.clears)), refs: instances };
        if (KNOWLEDGE.isTrusted(name)) return { ...CLEAN, refs: instances };
        return KNOWLEDGE.isPropagator(name) ? { ...input, refs: instances } : UNKNOWN;
      }
      case 'class':
        return ref.kind === 'class' ? { ...UNKNOWN, refs: [{ kind: 'object', class: ref }] } : UNKNOWN;
      default:
        return UNKNOWN;
    }
  }

  #callFunction(ref: FunctionRef, args: Arguments, place: CallPlace | undefined, self?: Value): Value {
    const found = this.#apply(ref, args, self);
    if (found === undefined) return UNKNOWN;
    const { application, names, actual } = found;
    const fill = (value: Value) =>
      instantiate(value, (index) => {
        const entry = actual[index];
        if (entry?.taint.last === undefined) return undefined;
        const previous: Step = entry.taint.last;
        if (place === undefined) return { taint: entry.taint, last: previous };
        const message = `passed to \`${shownName(ref.node)}\` as \`${names[entry.valueIndex] ?? ''}\``;
        return {
          taint: entry.taint,
          last: { place: toPlace(place), message, previous, length: previous.length + 1 },
        };
      });
    for (const hit of application.hits)
      if (hit.callee === 'markupsafe.Markup') place?.onMarkup?.(fill(hit.value));
    const result = fill(application.result);
    return place === undefined
      ? result
      : stepped(result, toPlace(place), `returned by \`${shownName(ref.node)}\``);
  }

  #apply(ref: FunctionRef, args: Arguments, self: Value | undefined) {
    const machine = this.#machine;
    if (machine.depth >= MAX_CALL_DEPTH || !machine.budget.spend(STEPS_PER_CALL)) return undefined;
    const isPassing = ref.node.decorators.some(({ expression }) => PASSING.has(lastName(expression) ?? ''));
    const positional = isPassing ? [UNKNOWN, ...args.positional] : args.positional;
    const bound = bindArguments(ref.node, { ...args, positional }, self);
    const names = [...bound.keys()];
    const { values, actual } = symbolize([...bound.values()]);
    const application: Application = machine.apply(
      ref,
      new Map(names.map((name, index) => [name, values[index] as Value])),
    );
    return { application, names, actual };
  }

  /** What a test of the project proves of its input, by how it comes out. */
  proven(name: string, input: Value, args: TemplateArguments): ProvenKinds | undefined {
    const test = this.addition('test', name);
    const [ref, ...others] = test?.refs ?? [];
    if (ref?.kind !== 'function' || others.length > 0) return undefined;
    const positional = [input, ...args.positional];
    const all = [...positional, ...args.named.values()];
    const found = this.#apply(ref, { positional, named: args.named, all, inOrder: all }, undefined);
    const [parameter] = ref.node.params;
    return parameter === undefined ? undefined : found?.application.guards.get(parameter.name.id);
  }

  /** Value of an attribute that the class of a project object declares: a constant, a property or a method. */
  declared(object: Value, attribute: string, place: CallPlace): Value | undefined {
    for (const ref of object.refs) {
      if (ref.kind !== 'object') continue;
      const { resolver } = this.#machine.project;
      for (const owner of resolver.bases(ref.class).own) {
        const site = inside(owner, owner.node);
        for (const binding of scopeOf(owner.node).bindings.get(attribute) ?? []) {
          if (binding.kind === 'value' && binding.access.kind === 'whole')
            return this.#valueAt(binding.value, site);
          if (binding.kind !== 'function') continue;
          const method: Value = { ...CLEAN, refs: [{ ...site, kind: 'function', node: binding.node }] };
          if (!isPropertyFunction(binding.node)) return method;
          return this.call(method, { positional: [], named: new Map() }, place, object);
        }
      }
    }
    return undefined;
  }
}

/** True for a function that is a method, so that it is given the object it is called on. */
export function isMethod(ref: Ref): boolean {
  if (ref.kind !== 'function' || ref.owners.at(-1)?.kind !== 'ClassDef') return false;
  return !ref.node.decorators.some(({ expression }) => lastName(expression) === 'staticmethod');
}

function toPlace({ file, start, end }: CallPlace): Place {
  return { file, range: { start, end } };
}

function nameOf({ role, name, value }: TemplateAddition): string | undefined {
  if (role === 'processor') return undefined;
  return name ?? (value as FunctionDef).name?.id;
}

/** One value stays itself: lambdas are known by identity. */
function joinOrOnly(values: readonly Value[]): Value {
  return values.length === 1 ? (values[0] as Value) : joinAll(values);
}

function lastName(node: Expression): string | undefined {
  if (node.kind === 'Call') return lastName(node.func);
  if (node.kind === 'Name') return node.id;
  return node.kind === 'Attribute' ? node.attr.id : undefined;
}
