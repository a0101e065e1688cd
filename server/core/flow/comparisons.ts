/** What comparisons prove: `x in ALLOWED`, `x == "a"`, `".." not in x`, `commonpath(…) == folder`, `set(x) <= KNOWN`. */
import { KNOWLEDGE } from '../knowledge/index';
import type { Call, Comparison, ComparisonOperator, Expression } from '../syntax/python/ast';
import { refineByFunction } from './callGuards';
import { charsOf, kindsOfCharset, union } from './charsets';
import { isMapping } from './containers';
import type { Env } from './env';
import { evaluate } from './evaluate';
import { namedTest, refine } from './guards';
import { keyOf } from './keys';
import { provenByAbsence } from './kindSets';
import type { Frame } from './machine';
import { onlyValueOf, prove, proveConstants, provePath } from './narrowing';
import { isResolvedPath } from './pathGuards';
import { impliedCall } from './special';
import { addressPartOf } from './urlGuards';
import { ALL_KINDS, joinAll, type KindSet, kindSet, type Value } from './values';

const POSITIVE = new Set<ComparisonOperator>(['==', 'in', 'is']);
const NEGATIVE = new Set<ComparisonOperator>(['!=', 'not in', 'is not']);

export function refineComparison(node: Comparison, outcome: boolean, env: Env, frame: Frame): void {
  // Of `a == b == c` it is known that all are equal, or else only that some are not.
  if (node.ops.length > 1 && !outcome) return;
  const operands = [node.left, ...node.comparators];
  const silent = { ...frame, isSilent: true };
  node.ops.forEach((op, index) => {
    const [left, right] = [operands[index], operands[index + 1]];
    if (left !== undefined && right !== undefined) refinePair(left, op, right, outcome, env, silent);
  });
}

function refinePair(
  left: Expression,
  op: ComparisonOperator,
  right: Expression,
  outcome: boolean,
  env: Env,
  frame: Frame,
): void {
  const isPositive = POSITIVE.has(op);
  if (!isPositive && !NEGATIVE.has(op)) {
    if (outcome && (op === '<=' || op === '<')) refineSubset(left, right, env, frame);
    return;
  }
  const holds = isPositive === outcome;
  if (right.kind === 'Constant' && right.value === 'None') return refineNone(left, holds, env, frame);
  if (op === 'in' || op === 'not in') refineMembership(left, right, holds, env, frame);
  else if (holds) refineEquality(left, right, env, frame);
  else if (isEmptyText(right)) refine(left, true, env, frame);
}

function isEmptyText(node: Expression): boolean {
  return node.kind === 'String' && node.tokens.every(({ pieces }) => pieces.length === 0);
}

/** `re.fullmatch(…) is None`, `COLUMNS.get(name) is None`, `urlparse(x).hostname is None`. */
function refineNone(node: Expression, isNone: boolean, env: Env, frame: Frame): void {
  const test = node.kind === 'Name' ? (namedTest(node.id, frame) ?? node) : node;
  refine(test, !isNone, env, frame);
}

function refineMembership(left: Expression, right: Expression, holds: boolean, env: Env, frame: Frame): void {
  const allowed = evaluate(right, env, frame);
  if (allowed.refs.some(({ kind }) => kind === 'object')) {
    const call: Call = {
      ...impliedCall(right),
      args: [{ star: '', value: left, start: left.start, end: left.end }],
    };
    if (refineByFunction(call, '__contains__', allowed, holds, env, frame)) return;
  }
  if (!holds) {
    for (const piece of evaluate(left, env, frame).constants ?? [])
      if (typeof piece === 'string') prove(splitText(right), provenByAbsence(piece), env, frame);
    return;
  }
  // `BASE in path.parents`
  if (right.kind === 'Attribute' && right.attr.id === 'parents') {
    if (isResolvedPath(evaluate(right.value, env, frame))) provePath(right.value, env, frame);
    return;
  }
  const kinds = kindsOfMembers(allowed);
  const members = kinds === ALL_KINDS ? membersOf(allowed) : undefined;
  if (members?.constants !== undefined) return proveConstants(left, members, env, frame);
  const isOwnHost = kinds === 0 && isHost(allowed) && addressPartOf(left, frame.site) !== undefined;
  prove(left, isOwnHost ? ADDRESS : kinds, env, frame);
}

/** `x.split("/")`, `Path(x).parts`: what is missing there is missing in `x`. */
function splitText(node: Expression): Expression {
  if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr.id === 'split')
    return node.func.value;
  if (node.kind !== 'Attribute' || node.attr.id !== 'parts') return node;
  return node.value.kind === 'Call' ? (node.value.args[0]?.value ?? node) : node.value;
}

/** What it proves to be one of the elements of a collection, a key of a dict or a piece of a text: everything, if
 *  these are the developer's. A collection of characters proves that there are no others. */
export function kindsOfMembers(value: Value): KindSet {
  if (value.taints.some(({ last }) => last !== undefined) && !hasCleanElements(value)) return 0;
  const texts = value.constants ?? elementTexts(value);
  const areCharacters = texts?.every(
    (text) => typeof text === 'string' && (value.constants || text.length === 1),
  );
  if (texts === undefined || texts.length === 0 || !areCharacters) return ALL_KINDS;
  const kinds = kindsOfCharset(texts.map((text) => charsOf(String(text))).reduce(union));
  return value.constants === undefined && (kinds & SQL) !== 0 ? ALL_KINDS : kinds;
}

/** Any one element of a list, tuple or set of constants. */
function membersOf({ contents }: Value): Value | undefined {
  const isKnown = contents !== undefined && contents.rest === undefined && !isMapping(contents);
  return isKnown && contents.entries.size > 0 ? joinAll([...contents.entries.values()]) : undefined;
}

/** Contents that are the developer's. */
export function isConstantCollection(value: Value): boolean {
  return value.contents !== undefined && kindsOfMembers(value) === ALL_KINDS;
}

const SQL = kindSet(['sql']);

function elementTexts({ contents }: Value): readonly unknown[] | undefined {
  if (contents === undefined || contents.rest !== undefined || isMapping(contents)) return undefined;
  const texts = [...contents.entries.values()].map(({ constants }) => constants?.[0]);
  return texts.every((text) => text !== undefined) ? texts : undefined;
}

/** The keys of a dict count, not what they lead to. */
function hasCleanElements({ contents }: Value): boolean {
  if (contents === undefined || !isMapping(contents)) return false;
  const unknown = contents.keys ?? contents.rest;
  return unknown === undefined || unknown.taints.every(({ last }) => last === undefined);
}

function refineEquality(left: Expression, right: Expression, env: Env, frame: Frame): void {
  for (const [node, other] of [
    [left, right],
    [right, left],
  ] as const) {
    const value = evaluate(other, env, frame);
    if (value.constants !== undefined) proveConstants(node, value, env, frame);
    else if (value.taints.length === 0 || isKeptValue(other, value)) prove(node, ALL_KINDS, env, frame);
    else if (isHost(value) || addressPartOf(node, frame.site) !== undefined) prove(node, ADDRESS, env, frame);
    refineFolder(node, env, frame);
    refineUnchanged(node, other, env, frame);
  }
}

/** `document.filename`: what the app has, as far as anybody can tell. */
function isKeptValue(node: Expression, value: Value): boolean {
  return node.kind === 'Attribute' && value.taints.every(({ last }) => last === undefined);
}

const ADDRESS = kindSet(['redirect', 'ssrf', 'link']);

/** `urlparse(target).netloc == urlparse(request.host_url).netloc`: two hosts; one of them is where it belongs. */
export function isHost(value: Value): boolean {
  return value.taints.every(({ last }) => {
    let step = last;
    while (step?.previous !== undefined) step = step.previous;
    return step === undefined || /the Host header|address of this request/.test(step.message);
  });
}

/** `os.path.commonpath([BASE, path]) == BASE`, `path[:len(BASE)] == BASE`. */
function refineFolder(node: Expression, env: Env, frame: Frame): void {
  const test = node.kind === 'Name' ? (onlyValueOf(node.id, frame.site) ?? node) : node;
  if (test.kind === 'Subscript' && test.index.kind === 'Slice' && test.index.lower === undefined) {
    if (isResolvedPath(evaluate(test.value, env, frame))) provePath(test.value, env, frame);
    return;
  }
  if (test.kind !== 'Call' || !isCommonPath(test, env, frame)) return;
  const [list] = test.args;
  if (list?.value.kind !== 'List' && list?.value.kind !== 'Tuple') return;
  for (const element of list.value.elements)
    if (isResolvedPath(evaluate(element, env, frame))) provePath(element, env, frame);
}

function isCommonPath(node: Call, env: Env, frame: Frame): boolean {
  const { refs } = evaluate(node.func, env, frame);
  return refs.some(
    (ref) => ref.kind === 'external' && /^(os|posix)\.?path\.common(path|prefix)$/.test(ref.name),
  );
}

/** `name == secure_filename(name)`: what the sanitizer leaves alone is as safe as what it gives. */
function refineUnchanged(node: Expression, other: Expression, env: Env, frame: Frame): void {
  const [argument] = other.kind === 'Call' ? other.args : [];
  if (other.kind !== 'Call' || argument === undefined) return;
  const key = keyOf(node);
  if (key === undefined || key !== keyOf(argument.value)) return;
  for (const ref of evaluate(other.func, env, frame).refs) {
    const row = ref.kind === 'external' ? KNOWLEDGE.sanitizer(KNOWLEDGE.canonical(ref.name)) : undefined;
    if (row !== undefined) prove(node, kindSet(row.clears), env, frame);
  }
}

/** `set(columns) <= COLUMNS`: each element is one of the developer's. */
function refineSubset(left: Expression, right: Expression, env: Env, frame: Frame): void {
  const elements = elementsOf(left);
  if (elements !== undefined) prove(elements, kindsOfMembers(evaluate(right, env, frame)), env, frame);
}

/** The list behind `set(list)`. */
export function elementsOf(node: Expression): Expression | undefined {
  const isSet = node.kind === 'Call' && node.func.kind === 'Name' && /^(frozen)?set$/.test(node.func.id);
  return isSet ? node.args[0]?.value : undefined;
}
