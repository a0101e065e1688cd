/** What a test has proven of an expression is kept in the environment under a key that tells the expression, so that
 *  `request.args.get("sort")` is as well known after a check as a variable. */
import { enclosingFunction, type Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Call, Expression } from '../syntax/python/ast';
import type { Env } from './env';
import { evaluate, pathOf } from './evaluate';
import { keyOf } from './keys';
import type { Frame } from './machine';
import { mapTaints } from './symbols';
import { addressPartOf } from './urlGuards';
import { ALL_KINDS, constant, type KindSet, kindSet, type Value, withProof } from './values';

const ADDRESS = kindSet(['redirect', 'ssrf', 'link']);
const PATH = kindSet(['path']);
/** Assignments and calls that are followed back. */
const MAX_STEPS = 6;

/** An expression is known to be safe for some kinds from here on; so is the address that a host was taken from, and
 *  the path that was resolved. */
export function prove(node: Expression, kinds: KindSet, env: Env, frame: Frame): void {
  if (kinds === 0) return;
  proveOne(node, kinds, env, frame);
  const inner = otherCase(node, frame.site);
  if (inner !== undefined) proveOne(inner, kinds, env, frame);
  proveAddresses(node, kinds, env, frame);
}

const CASES = new Set(['lower', 'upper', 'casefold', 'title', 'capitalize', 'swapcase', 'as_posix']);

/** `name` in `name.lower()`, `str(name)` and `name or ""`: letters in another case, or the same ones, do no other
 *  harm. */
function otherCase(node: Expression, site: Site): Expression | undefined {
  const value = node.kind === 'Name' ? onlyValueOf(node.id, site) : node;
  if (value?.kind === 'Boolean' && value.op === 'or')
    return value.values.slice(1).every(isLiteral) ? value.values[0] : undefined;
  if (value?.kind !== 'Call') return undefined;
  const { func, args } = value;
  if (func.kind === 'Attribute') return args.length === 0 && CASES.has(func.attr.id) ? func.value : undefined;
  const isText = func.kind === 'Name' && /^(?:str|fspath|Path|PurePath)$/.test(func.id);
  return isText && args.length === 1 ? args[0]?.value : undefined;
}

function isLiteral({ kind }: Expression): boolean {
  return kind === 'String' || kind === 'Constant' || kind === 'Number';
}

function proveAddresses(node: Expression, kinds: KindSet, env: Env, frame: Frame): void {
  const part = (kinds & ADDRESS) === 0 ? undefined : addressPartOf(node, frame.site);
  for (const address of part?.addresses ?? []) proveOne(address, kinds & (part?.kinds ?? 0), env, frame);
}

/** What is proven of a resolved path holds for the path that was resolved. */
export function provePath(node: Expression, env: Env, frame: Frame): void {
  prove(node, PATH, env, frame);
  for (const inner of unresolved(node, frame.site, 0)) prove(inner, PATH, env, frame);
}

function proveOne(node: Expression, kinds: KindSet, env: Env, frame: Frame): void {
  const key = node.kind === 'Named' ? node.target.id : keyOf(node);
  if (key === undefined) return;
  const known = env.get(key) ?? evaluate(node, env, { ...frame, isSilent: true });
  if (known.taints.length === 0) return;
  const proven = mapTaints(known, (taint) =>
    (kinds & ALL_KINDS) === ALL_KINDS ? undefined : withProof(taint, kinds),
  );
  keep(node, key, proven, env);
}

/** An expression has one of some constant values. */
export function proveConstants(node: Expression, value: Value, env: Env, frame: Frame): void {
  const key = node.kind === 'Named' ? node.target.id : keyOf(node);
  if (key !== undefined) keep(node, key, constant(...(value.constants ?? [])), env);
  const inner = otherCase(node, frame.site);
  if (inner !== undefined) proveOne(inner, ALL_KINDS, env, frame);
  proveAddresses(node, ADDRESS, env, frame);
}

function keep(node: Expression, key: string, value: Value, env: Env): void {
  if (node.kind === 'Named' || pathOf(node) !== undefined) env.set(key, value);
  else env.note(key, value);
}

/** Kinds that were proven of `before` to make it `now`. */
export function provenBetween(before: Value, now: Value | undefined, all: KindSet): KindSet {
  const taints = now?.taints ?? before.taints;
  const was = before.taints.reduce((kinds, taint) => kinds & taint.cleared, all);
  return taints.reduce((kinds, taint) => kinds & taint.cleared, all) & ~was;
}

const RESOLVERS = new Set([
  'realpath',
  'abspath',
  'normpath',
  'str',
  'Path',
  'PurePath',
  'fspath',
  'expanduser',
]);
const RESOLVING_METHODS = new Set(['resolve', 'absolute', 'as_posix', 'expanduser']);

/** The paths that a resolved path was made of. */
function unresolved(node: Expression, site: Site, depth: number): readonly Expression[] {
  if (depth > MAX_STEPS) return [];
  const inner = resolvedFrom(node, site);
  return inner === undefined ? [] : [inner, ...unresolved(inner, site, depth + 1)];
}

function resolvedFrom(node: Expression, site: Site): Expression | undefined {
  if (node.kind === 'Subscript' && node.index.kind === 'Slice') return node.value;
  if (node.kind === 'Call') return argumentOfResolver(node);
  const value = node.kind === 'Name' ? onlyValueOf(node.id, site) : undefined;
  return value?.kind === 'Call' ? argumentOfResolver(value) : undefined;
}

function argumentOfResolver(node: Call): Expression | undefined {
  const name =
    node.func.kind === 'Name' ? node.func.id : node.func.kind === 'Attribute' ? node.func.attr.id : '';
  if (node.func.kind === 'Attribute' && RESOLVING_METHODS.has(name)) return node.func.value;
  return RESOLVERS.has(name) && node.args.length === 1 ? node.args[0]?.value : undefined;
}

/** The expression that a local name is bound to, when there is but one. */
export function onlyValueOf(name: string, site: Site): Expression | undefined {
  const owner = enclosingFunction(site);
  const [binding, ...others] = owner === undefined ? [] : (scopeOf(owner).bindings.get(name) ?? []);
  const isOnly = binding?.kind === 'value' && binding.access.kind === 'whole' && others.length === 0;
  return isOnly ? binding.value : undefined;
}
