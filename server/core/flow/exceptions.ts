/** Exceptions as sources: what they say is made for developers. They count for what is sent to visitors only. */
import { EXCEPTION_LABEL, TELLING_EXCEPTIONS, TELLING_MODULES } from '../knowledge/exceptions';
import { KNOWLEDGE } from '../knowledge/index';
import { isSameRef, type Ref } from '../model/refs';
import type { Site } from '../model/scope';
import type { ExceptHandler, Expression, FunctionDef, Identifier } from '../syntax/python/ast';
import { evaluateArguments } from './calls';
import type { Env } from './env';
import { evaluate } from './evaluate';
import { listOf } from './foldMethods';
import { type Frame, placeOf, type Thrown } from './machine';
import { ALL_KINDS, joinAll, joinTaints, kindSet, UNKNOWN, type Value } from './values';

const OTHERS = ALL_KINDS & ~kindSet(['exposure']);

/** What `except TYPE as name` binds. */
export function caughtValue(type: Expression | undefined, name: Identifier, frame: Frame): Value {
  if (type !== undefined && !isTelling(type, frame.site, frame)) return UNKNOWN;
  const place = placeOf(frame, name);
  const owners = frame.site.owners.map((owner) => owner.name.id).join('.');
  const last = { place, message: `\`${name.id}\` is read from ${EXCEPTION_LABEL}`, length: 1 };
  const taint = {
    sourceKey: `!${place.file}:${owners}:${name.id}:${name.start}`,
    label: name.id,
    cleared: OTHERS,
    last,
  };
  return { taints: [...UNKNOWN.taints, taint], refs: [{ kind: 'instance', name: 'builtins.Exception' }] };
}

/** `raise Missing(name)`: what the exception is made of goes where it is caught. */
export function noteThrown(node: Expression, env: Env, frame: Frame): void {
  if (node.kind !== 'Call' || node.args.length === 0) return;
  const silent = { ...frame, isSilent: true };
  const args = evaluateArguments(node, env, silent);
  const taints = joinTaints(args.all).filter(({ last }) => last !== undefined);
  if (taints.length === 0) return;
  const value = evaluate(node, env, silent);
  const entries = new Map(value.contents?.entries).set('a:args', listOf(args.positional));
  const exception: Value = { taints, refs: value.refs, contents: { entries } };
  frame.exits.thrown.push({ refs: value.refs, value: () => exception });
}

/** What a handler gets beside what is known of its class: the exceptions of the body that it catches. */
export function withThrown(
  caught: Value,
  thrown: readonly Thrown[],
  type: Expression | undefined,
  frame: Frame,
): Value {
  const values = thrown.filter(({ refs }) => catches(type, refs, frame)).map(({ value }) => value());
  return joinAll([caught, ...values]);
}

/** Exceptions that no handler catches. */
export function uncaught(
  thrown: readonly Thrown[],
  handlers: readonly ExceptHandler[],
  frame: Frame,
): readonly Thrown[] {
  return thrown.filter((exception) => !handlers.some(({ type }) => catches(type, exception.refs, frame)));
}

function catches(type: Expression | undefined, refs: readonly Ref[], frame: Frame): boolean {
  if (type === undefined) return true;
  if (type.kind === 'Tuple') return type.elements.some((element) => catches(element, refs, frame));
  const { resolver } = frame.machine.project;
  return resolver.resolve(type, frame.site).some((ref) => {
    if (ref.kind === 'external' && /^builtins\.(?:Base)?Exception$/.test(ref.name)) return true;
    return refs.some((thrown) => {
      if (thrown.kind === 'instance') return ref.kind === 'external' && ref.name === thrown.name;
      if (thrown.kind !== 'object') return false;
      const { own, library } = resolver.bases(thrown.class);
      return ref.kind === 'external' ? library.includes(ref.name) : own.some((base) => isSameRef(base, ref));
    });
  });
}

/** The parameter of a page for errors of every kind: `@app.errorhandler(Exception)`. */
export function handledValue(owner: FunctionDef, site: Site, frame: Frame): Value | undefined {
  const [first] = owner.params;
  for (const { expression } of owner.decorators) {
    if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute') continue;
    const [type] = expression.args;
    if (!/^(?:app_)?errorhandler$/.test(expression.func.attr.id) || type === undefined) continue;
    if (first !== undefined && isTelling(type.value, site, frame))
      return caughtValue(undefined, first.name, frame);
  }
  return undefined;
}

/** True if an exception is in a value: its taint is safe for every other kind, also where a symbol stands for it. */
export function holdsException(value: Value): boolean {
  return value.taints.some(({ cleared, last }) => last !== undefined && (cleared & ALL_KINDS) === OTHERS);
}

function isTelling(type: Expression, site: Site, frame: Frame): boolean {
  if (type.kind === 'Tuple') return type.elements.some((element) => isTelling(element, site, frame));
  return frame.machine.project.resolver.resolve(type, site).some((ref) => {
    if (ref.kind !== 'external') return false;
    const name = KNOWLEDGE.canonical(ref.name);
    return TELLING_EXCEPTIONS.has(name) || TELLING_MODULES.test(name);
  });
}
