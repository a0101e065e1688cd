/** Interprets one function: its parameters are bound, its body is executed. */

import type { HandlerRow } from '../knowledge/index';
import type { FunctionRef } from '../model/refs';
import { handlersOf, type Route, routesOf, ruleParameters, TYPED_CONVERTERS } from '../model/routes';
import { enclosingFunction, inside, type Site } from '../model/scope';
import type { FunctionDef, Parameter } from '../syntax/python/ast';
import { Env } from './env';
import { execBody } from './execute';
import { type Frame, type Machine, placeOf } from './machine';
import { CLEAN, joinAll, type Value, withRefs } from './values';

/** Returns the joined value of everything the function returns or yields. */
export function interpretFunction(node: FunctionDef, site: Site, machine: Machine, outer?: Env): Value {
  const env = new Env(outer);
  const frame: Frame = {
    machine,
    site: inside(site, node),
    exits: { returns: [], breaks: [], continues: [], raises: undefined },
    isSilent: false,
  };
  const ref: FunctionRef = { ...site, kind: 'function', node };
  const routes = routesOf(machine.project, ref);
  const handlers = handlersOf(machine.project, ref);
  for (const parameter of node.params)
    env.set(parameter.name.id, parameterValue(parameter, routes, handlers, frame));
  execBody(node.body, env, frame);
  return joinAll(frame.exits.returns);
}

function parameterValue(
  parameter: Parameter,
  routes: readonly Route[],
  handlers: readonly HandlerRow[],
  frame: Frame,
): Value {
  const name = parameter.name.id;
  const refs = frame.machine.project.resolver.name(name, frame.site);
  const isSelf = refs.some((ref) => ref.kind === 'object' || ref.kind === 'class');
  if (isSelf || (parameter.star === '*' && handlers.length === 0)) return withRefs(refs);
  const view = enclosingFunction(frame.site)?.name.id ?? '';
  const handler = handlers.find(({ parameters }) => parameters === 'all');
  if (handler === undefined && routes.length === 0) return withRefs(refs);
  if (handler === undefined && isTyped(name, routes)) return CLEAN;
  if (handler === undefined && !isFromUrl(name, routes)) return withRefs(refs);
  const label = name;
  const place = placeOf(frame, parameter.name);
  const from = handler?.label ?? `the URL of \`${view}\``;
  const last = { place, message: `\`${name}\` is read from ${from}`, length: 1 };
  return { taints: [{ sourceKey: `${place.file}:${view}:${name}`, label, cleared: 0, last }], refs: [] };
}

/** Every route that names the parameter gives it digits only. */
function isTyped(name: string, routes: readonly Route[]): boolean {
  const found = routes.flatMap(({ rule }) =>
    ruleParameters(rule ?? '').filter((parameter) => parameter.name === name),
  );
  return found.length > 0 && found.every(({ converter }) => TYPED_CONVERTERS.has(converter));
}

/** A rule that is not a literal may name any parameter. */
function isFromUrl(name: string, routes: readonly Route[]): boolean {
  return routes.some(
    ({ rule }) => rule === undefined || ruleParameters(rule).some((parameter) => parameter.name === name),
  );
}
