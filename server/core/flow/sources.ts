/** What enters from outside: members of library objects that hold untrusted data, and how these are called. */
import { KNOWLEDGE } from '../knowledge/index';
import type { SourceRow } from '../knowledge/library';
import type { Ref } from '../model/refs';
import { isTyped, ruleParameters } from '../model/routes';
import type { Expression } from '../syntax/python/ast';
import { type Frame, placeOf, sourceText } from './machine';
import { CLEAN, cleared, constant, kindSet, type Value } from './values';

/** Like `flatMap`, without a new list for a list of one, which most are. */
export function flatMapped<T, U>(list: readonly T[], map: (item: T) => readonly U[]): readonly U[] {
  const [only] = list;
  if (only === undefined) return [];
  return list.length === 1 ? map(only) : list.flatMap(map);
}

/** Value of a member, or with `()` of the call result, of a library object: a source, something trusted, or part of the receiver. */
export function libraryValue(
  node: Expression,
  receiver: Value,
  refs: readonly Ref[],
  attribute: string,
  frame: Frame,
): Value {
  for (const owner of ownerNames(receiver, frame)) {
    const { source, isTrusted, sanitizer } = KNOWLEDGE.member(owner, attribute);
    if (source !== undefined)
      return attribute === 'view_args'
        ? viewArguments(node, source, frame)
        : sourceValue(node, source, frame);
    if (isTrusted) return { ...CLEAN, refs };
    if (sanitizer !== undefined) return { ...cleared(receiver, kindSet(sanitizer.clears)), refs };
  }
  const value = sourceExtended(node, receiver, frame);
  return { taints: value.taints, refs };
}

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';
const DIGITS = '0123456789';
const SIGNS = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** @see https://docs.python.org/3/library/string.html#string-constants */
const TEXTS: Readonly<Record<string, string>> = {
  'string.ascii_letters': LETTERS + LETTERS.toUpperCase(),
  'string.ascii_lowercase': LETTERS,
  'string.ascii_uppercase': LETTERS.toUpperCase(),
  'string.digits': DIGITS,
  'string.hexdigits': `${DIGITS}abcdefABCDEF`,
  'string.punctuation': SIGNS,
  'string.whitespace': ' \t\n\r\v\f',
  'os.sep': '/',
  'os.path.sep': '/',
};

/** A text of a library that is always the same. */
export function libraryText(refs: readonly Ref[]): Value | undefined {
  const [ref] = refs;
  const text = ref?.kind === 'external' ? TEXTS[ref.name] : undefined;
  return text === undefined ? undefined : { ...constant(text), refs };
}

/** Names of the library classes and objects that a value can be, bases of the project's own classes included. */
export function ownerNames(value: Value, frame: Frame): readonly string[] {
  return flatMapped(value.refs, (ref) => {
    if (ref.kind === 'external' || ref.kind === 'instance') return [ref.name];
    return ref.kind === 'object' ? frame.machine.project.resolver.bases(ref.class).library : [];
  });
}

/** Of the parts of the URL, those that every route of the view converts to a number are none. */
function viewArguments(node: Expression, row: SourceRow, frame: Frame): Value {
  const value = sourceValue(node, row, frame);
  const routes = frame.view?.routes ?? [];
  const names = routes.flatMap(({ rule }) => ruleParameters(rule ?? '')).map(({ name }) => name);
  const typed = names.filter((name) => isTyped(name, routes));
  return typed.length === 0 ? value : withCleanKeys(value, typed);
}

function withCleanKeys(value: Value, keys: readonly string[]): Value {
  const entries = new Map(keys.map((key): [string, Value] => [`k:${key}`, CLEAN]));
  return { ...value, contents: { entries, rest: value, keys: CLEAN } };
}

/** A fresh source: the expression itself is where untrusted data enters. */
export function sourceValue(node: Expression, row: SourceRow, frame: Frame): Value {
  const label = sourceText(frame, node);
  const place = placeOf(frame, node);
  const last = { place, message: `\`${label}\` is read from ${row.label}`, length: 1 };
  const sourceKey = sourceKeyOf(label, node, frame);
  const refs: Ref[] = row.type === undefined ? [] : [{ kind: 'instance', name: row.type }];
  const value: Value = { taints: [{ sourceKey, label, cleared: kindSet(row.safeFor ?? []), last }], refs };
  return row.hasOwnKeys || row.trustedKeys ? withCleanKeys(value, row.trustedKeys ?? []) : value;
}

const unitIds = new WeakMap<object, number>();
let nextUnitId = 0;

/** Offsets count from the start of a unit, so the unit is part of the key. */
function sourceKeyOf(label: string, node: Expression, { site: { file, tree } }: Frame): string {
  let unit = unitIds.get(tree);
  if (unit === undefined) {
    unit = nextUnitId++;
    unitIds.set(tree, unit);
  }
  return `${file}:${unit}:${label}:${node.start}`;
}

/** `request.args` was the source; `request.args["name"]` says better what is read. */
export function sourceExtended(node: Expression, value: Value, frame: Frame): Value {
  if (!value.taints.some((taint) => isSourceIn(node, taint.last, frame))) return value;
  const label = sourceText(frame, node);
  const taints = value.taints.map((taint) => {
    if (taint.last === undefined || !isSourceIn(node, taint.last, frame)) return taint;
    const message = taint.last.message.replace(`\`${taint.label}\``, () => `\`${label}\``);
    const sourceKey = sourceKeyOf(label, node, frame);
    return { ...taint, sourceKey, label, last: { place: placeOf(frame, node), message, length: 1 } };
  });
  return { ...value, taints };
}

function isSourceIn(node: Expression, last: Value['taints'][number]['last'], frame: Frame): boolean {
  if (last === undefined || last.length !== 1 || last.place.tree !== frame.site.tree) return false;
  return last.place.range.start === node.start && last.place.range.end < node.end;
}
