/** Class-based views: a base class answers, and asks its subclasses for what differs. Each class that answers requests
 *  is interpreted with an object of its own, whichever class its methods are written in. */
import type { ClassRef, FunctionRef } from '../model/refs';
import { isRegistered, viewCreations, viewMethodsOf } from '../model/routes';
import { scopeOf } from '../model/scopes';
import { subclassesOf } from '../model/subclasses';
import { type Arguments, evaluateArguments, NO_ARGUMENTS } from './calls';
import { Env } from './env';
import { interpretFunction } from './functions';
import { type Machine, newFrame } from './machine';
import { createObject } from './objects';
import { impliedCall } from './special';
import { CLEAN, joinAll, type Value } from './values';

/** Interprets the methods by which a class answers requests. Answers which functions these are. */
export function interpretViews(cls: ClassRef, machine: Machine): readonly FunctionRef[] {
  const names = viewMethodsOf(machine.project, cls);
  if (names === undefined) return [];
  const methods = [...new Set(names)].flatMap((name) => {
    const [found] = machine.project.resolver.declared(cls, name);
    return found?.kind === 'function' ? [machine.project.current(found)] : [];
  });
  if (methods.length === 0) return [];
  const self = viewObject(cls, machine);
  for (const { node, file, tree, owners } of methods)
    if (!isAnsweredByHeirs(cls, node.name.id, machine) || machine.trace !== undefined)
      interpretFunction(node, { file, tree, owners }, machine, { heir: { class: cls, self } });
  return methods;
}

/** A base that is not registered itself answers by its subclasses only. */
function isAnsweredByHeirs(cls: ClassRef, method: string, { project }: Machine): boolean {
  if (cls.node.decorators.length > 0) return false;
  const heirs = subclassesOf(project, cls).filter(({ node }) => !scopeOf(node).bindings.has(method));
  return heirs.length > 0 && !isRegistered(project, cls);
}

/** An object of the class, as `as_view` makes it for each request. */
function viewObject(cls: ClassRef, machine: Machine): Value {
  const call = impliedCall(cls.node.name);
  const created = viewCreations(machine.project, cls).slice(0, MAX_CREATIONS);
  if (created.length === 0)
    return createObject(cls, call, DEVELOPERS, new Env(), newFrame(machine, cls, true));
  return joinAll(
    created.map(({ call: made, site }) => {
      const frame = newFrame(machine, site, true);
      const args = withoutName(evaluateArguments(made, new Env(), frame));
      return createObject(cls, call, args, new Env(), frame);
    }),
  );
}

/** Registrations of one class that are looked at. */
const MAX_CREATIONS = 4;

/** What the code hands over where it is not known how: nothing that comes from a visitor. */
const DEVELOPERS: Arguments = { ...NO_ARGUMENTS, star: CLEAN, spread: CLEAN };

/** The first argument of `as_view` is the name of the endpoint. */
function withoutName(args: Arguments): Arguments {
  return { ...args, positional: args.positional.slice(1) };
}
