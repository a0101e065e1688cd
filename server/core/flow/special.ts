/** What Python calls by itself on objects of the project's classes: special methods, and `super()`. */
import type { Range } from '../base/range';
import type { ClassRef, Ref } from '../model/refs';
import { enclosingFunction } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Call, ClassDef, Expression } from '../syntax/python/ast';
import { applyFunction } from './application';
import { type Arguments, NO_ARGUMENTS } from './calls';
import { isList, isMapping } from './containers';
import type { Env } from './env';
import { container, iterated } from './evaluate';
import type { Frame } from './machine';
import { cleared, kindSet, type Value } from './values';

/** A call that is not written as one: of a property, a special method or a decorator. */
export function impliedCall(at: Expression | Range): Call {
  const func: Expression =
    'kind' in at ? at : { kind: 'Constant', value: 'None', start: at.start, end: at.end };
  return { kind: 'Call', start: at.start, end: at.end, func, args: [], argsRange: at };
}

export function positionalArguments(...values: readonly Value[]): Arguments {
  return { ...NO_ARGUMENTS, positional: values, all: values, inOrder: values };
}

/** Result of a special method; undefined when the value is no object of a class that declares it. */
export function specialCall(
  method: string,
  receiver: Value,
  args: Arguments,
  node: Call,
  env: Env,
  frame: Frame,
): Value | undefined {
  for (const ref of receiver.refs) {
    if (ref.kind !== 'object') continue;
    const found = frame.machine.project.resolver.declared(ref.class, method)[0];
    if (found?.kind === 'function') return applyFunction(found, node, args, receiver, env, frame).result;
  }
  return undefined;
}

/** The value as it stands in a text. */
export function asText(value: Value, node: Expression, env: Env, frame: Frame): Value {
  if (value.contents !== undefined && value.refs.length === 0) return textOfElements(value, node, env, frame);
  if (!value.refs.some(({ kind }) => kind === 'object')) return value;
  const call = impliedCall(node);
  return (
    specialCall('__str__', value, NO_ARGUMENTS, call, env, frame) ??
    specialCall('__repr__', value, NO_ARGUMENTS, call, env, frame) ??
    value
  );
}

/** What stands in a text for a list, tuple or dict: `repr` writes a line end in an element as `\\n`. Any other value as
 *  it is. */
export function listedAsText(value: Value): Value {
  const { contents, refs, taints } = value;
  const isListed = contents !== undefined && refs.length === 0 && (isMapping(contents) || isList(contents));
  return isListed ? cleared({ taints, refs: [] }, ONE_LINE) : value;
}

const ONE_LINE = kindSet(['log', 'header']);

/** `"…%s…" % (a, b)` takes each element as text. */
function textOfElements(value: Value, node: Expression, env: Env, frame: Frame): Value {
  const elements = [...(value.contents?.entries ?? [])];
  if (!elements.some(([, { refs }]) => refs.some(({ kind }) => kind === 'object'))) return value;
  const entries = new Map(
    elements.map(([key, inner]): [string, Value] => [
      key,
      inner.contents !== undefined && inner.refs.length === 0 ? inner : asText(inner, node, env, frame),
    ]),
  );
  return container({ ...value.contents, entries });
}

const OPERATOR_METHODS: Readonly<Record<string, string>> = {
  '+': '__add__',
  '-': '__sub__',
  '*': '__mul__',
  '/': '__truediv__',
  '%': '__mod__',
  '|': '__or__',
  '&': '__and__',
};

/** Result of an operator that the left operand's class defines. */
export function operatorCall(
  node: Extract<Expression, { kind: 'Binary' }>,
  left: Value,
  right: Value,
  env: Env,
  frame: Frame,
): Value | undefined {
  const method = OPERATOR_METHODS[node.op];
  if (method === undefined || left.refs.length === 0) return undefined;
  return specialCall(method, left, positionalArguments(right), impliedCall(node), env, frame);
}

/** What an iterator of the project's gives. */
function next(iterator: Value, call: Call, env: Env, frame: Frame): Value {
  return (
    specialCall('__next__', iterator, NO_ARGUMENTS, call, env, frame) ??
    specialCall('__anext__', iterator, NO_ARGUMENTS, call, env, frame) ??
    iterated(iterator)
  );
}

/** What a loop over the value gives, `__iter__` of the project's classes included. */
export function loopedOver(value: Value, node: Expression, env: Env, frame: Frame): Value {
  const call = impliedCall(node);
  for (const method of ['__iter__', '__aiter__']) {
    const given = specialCall(method, value, NO_ARGUMENTS, call, env, frame);
    if (given !== undefined)
      return given.refs.some(({ kind }) => kind === 'object')
        ? next(given, call, env, frame)
        : iterated(given);
  }
  return iterated(value);
}

interface Super {
  readonly name: string;
  readonly around: ClassDef;
  readonly class: ClassRef;
}

/** `super()` in a method: the name of its object, and the class that the search starts after. */
export function superOf(node: Expression, frame: Frame): Super | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Name' || node.func.id !== 'super') return undefined;
  const { owners, file, tree } = frame.site;
  const index = owners.findLastIndex(({ kind }) => kind === 'ClassDef');
  const around = owners[index];
  const name = enclosingFunction(frame.site)?.params[0]?.name.id;
  if (around?.kind !== 'ClassDef' || name === undefined) return undefined;
  const ref: ClassRef = { kind: 'class', file, tree, node: around, owners: owners.slice(0, index) };
  return { name, around, class: ref };
}

/** What `super().attribute` stands for, by the order of the bases of the class the object was made of. */
export function superMember(found: Super, self: Value, attribute: string, frame: Frame): Value {
  const { resolver } = frame.machine.project;
  const isAround = ({ node }: ClassRef) => node === found.around;
  const made = self.refs.flatMap((ref) =>
    ref.kind === 'object' ? [ref.class] : ref.kind === 'class' ? [ref] : [],
  );
  const start = made.find((ref) => resolver.bases(ref).own.some(isAround)) ?? found.class;
  const { own, library } = resolver.bases(start);
  const after = own.slice(own.findIndex(isAround) + 1);
  const declaring = after.find(({ node }) => scopeOf(node).bindings.has(attribute));
  const refs: readonly Ref[] =
    declaring !== undefined
      ? resolver.declared(declaring, attribute)
      : library.flatMap((name) => resolver.member({ kind: 'instance', name }, attribute));
  return { taints: [], refs };
}
