/** Values with their taints taken out: a function is interpreted once for all calls whose arguments look alike, and
 *  what it did is told in terms of symbols that each call puts its own taints in for. */

import type { Place } from '../model/place';
import { refKey } from '../model/refs';
import {
  CLEAN,
  type Contents,
  contentsOf,
  join,
  type Step,
  type Taint,
  type TextPart,
  type Value,
} from './values';

const NOWHERE: Place = { file: '', range: { start: 0, end: 0 } };
/** First step of a symbol; what follows it happened inside the function. */
const START: Step = { place: NOWHERE, message: '', length: 1 };

export function isSymbol(taint: Taint): boolean {
  return taint.sourceKey.startsWith('@');
}

export interface Symbolic {
  readonly values: readonly Value[];
  /** What each symbol stands for, and the value in which it was found first. */
  readonly actual: readonly { readonly taint: Taint; readonly valueIndex: number }[];
}

/** Replaces the taints of values with symbols `@0`, `@1`, …: equal taints get equal symbols. */
export function symbolize(values: readonly Value[]): Symbolic {
  const actual: { taint: Taint; valueIndex: number }[] = [];
  const replaced = values.map((value, valueIndex) =>
    mapTaints(trimmed(value), (taint) => {
      if (taint.last === undefined) return taint;
      let index = actual.findIndex(
        ({ taint: known }) => known.sourceKey === taint.sourceKey && known.last === taint.last,
      );
      if (index < 0) index = actual.push({ taint, valueIndex }) - 1;
      return { sourceKey: `@${index}`, label: '', cleared: taint.cleared, last: START };
    }),
  );
  return { values: replaced, actual };
}

/** Containers inside containers beyond this depth, and parts beyond this number, are not told apart. */
const MAX_DEPTH = 3;
const MAX_PARTS = 120;

/** A value small enough to be handed from function to function: objects that hold objects that hold … would grow
 *  with every call. What is cut off still counts for the taint of what holds it. */
export function trimmed(value: Value): Value {
  let left = MAX_PARTS;
  const trim = (current: Value, depth: number): Value => {
    left--;
    const { contents, text } = current;
    if (contents === undefined && text === undefined) return current;
    if (depth >= MAX_DEPTH || left <= 0)
      return { taints: current.taints, refs: current.refs, constants: current.constants };
    if (contents === undefined)
      return text !== undefined && text.length > MAX_PARTS ? { ...current, text: undefined } : current;
    const entries = new Map<string, Value>();
    let rest = contents.rest === undefined ? undefined : trim(contents.rest, depth + 1);
    for (const [key, inner] of contents.entries) {
      if (left > 0) entries.set(key, trim(inner, depth + 1));
      else rest = rest === undefined ? withoutParts(inner) : join(rest, withoutParts(inner));
    }
    return { ...current, contents: contentsOf(entries, rest, contents.keys) };
  };
  return trim(value, 0);
}

function withoutParts(value: Value): Value {
  return { taints: value.taints, refs: value.refs };
}

/** Puts actual taints in for symbols. `entered` gives the last step before the function's own. */
export function instantiate(
  value: Value,
  entered: (index: number) => { taint: Taint; last: Step } | undefined,
): Value {
  return mapTaints(value, (taint) => {
    if (!isSymbol(taint)) return taint;
    const actual = entered(Number(taint.sourceKey.slice(1)));
    if (actual === undefined) return undefined;
    const last = taint.last === undefined ? actual.last : appended(actual.last, taint.last);
    return { sourceKey: actual.taint.sourceKey, label: actual.taint.label, cleared: taint.cleared, last };
  });
}

/** The steps of `inner` after its first, behind `outer`. */
function appended(outer: Step, inner: Step): Step {
  const steps: Step[] = [];
  for (let step: Step | undefined = inner; step?.previous !== undefined; step = step.previous)
    steps.push(step);
  return steps.reduceRight<Step>(
    (previous, { place, message }) => ({ place, message, previous, length: previous.length + 1 }),
    outer,
  );
}

/** Applies `change` to every taint of a value and of what it holds; undefined drops it. */
export function mapTaints(value: Value, change: (taint: Taint) => Taint | undefined): Value {
  if (value.taints.length === 0 && value.contents === undefined && value.text === undefined) return value;
  const taints = mapSame(value.taints, change);
  const contents = value.contents === undefined ? undefined : mapContents(value.contents, change);
  const text = value.text === undefined ? undefined : mapSame(value.text, (part) => mapPart(part, change));
  if (taints === value.taints && contents === value.contents && text === value.text) return value;
  return { ...value, taints, contents, text };
}

function mapContents(
  contents: NonNullable<Value['contents']>,
  change: (taint: Taint) => Taint | undefined,
): NonNullable<Value['contents']> {
  let isSame = true;
  const entries = new Map<string, Value>();
  for (const [key, value] of contents.entries) {
    const mapped = mapTaints(value, change);
    isSame &&= mapped === value;
    entries.set(key, mapped);
  }
  const rest = contents.rest === undefined ? undefined : mapTaints(contents.rest, change);
  const keys = contents.keys === undefined ? undefined : mapTaints(contents.keys, change);
  if (isSame && rest === contents.rest && keys === contents.keys) return contents;
  return contentsOf(entries, rest, keys);
}

function mapPart(part: TextPart, change: (taint: Taint) => Taint | undefined): TextPart {
  if ('text' in part) return part;
  const hole = mapTaints(part.hole, change);
  return hole === part.hole ? part : { hole };
}

/** Maps and drops; gives the same array when nothing changed. */
function mapSame<T>(list: readonly T[], change: (item: T) => T | undefined): readonly T[] {
  let isSame = true;
  const mapped: T[] = [];
  for (const item of list) {
    const next = change(item);
    isSame &&= next === item;
    if (next !== undefined) mapped.push(next);
  }
  return isSame ? list : mapped;
}

const MAX_KEY_DEPTH = 4;
const MAX_KEY_ENTRIES = 40;

/** Equal for values that a function can't tell apart. */
export function valueKey(value: Value, depth = 0): string {
  const taints = value.taints.map(({ sourceKey, cleared }) => `${sourceKey}:${cleared}`).join('&');
  const refs = value.refs.map(refKey).join('&');
  const constants = value.constants === undefined ? '?' : JSON.stringify(value.constants);
  if (depth >= MAX_KEY_DEPTH) return `${taints}|${refs}`;
  const text =
    value.text
      ?.map((part) => ('text' in part ? JSON.stringify(part.text) : `{${valueKey(part.hole, depth + 1)}}`))
      .join('') ?? '';
  return `${taints}|${refs}|${constants}|${text}|${contentsKey(value, depth)}`;
}

function contentsKey({ contents }: Value, depth: number): string {
  if (contents === undefined) return '';
  const entries = [...contents.entries]
    .slice(0, MAX_KEY_ENTRIES)
    .map(([key, value]) => `${key}=${valueKey(value, depth + 1)}`);
  const { rest, keys } = contents;
  const others = [rest, keys].map((value) => (value === undefined ? '' : valueKey(value, depth + 1)));
  return `[${entries.join()};${others.join(';')}]`;
}

/** Forgets what would make almost every call another one: exact constants and texts. What a function value brings along
 *  stays, because it is not that function without it: a decorator's thirteenth view is as reachable as its first. */
export function generalized(value: Value, keepsContents: boolean): Value {
  const { taints, refs, contents } = value;
  if (contents === undefined) return { taints, refs };
  if (!keepsContents && !refs.some(({ kind }) => kind === 'function'))
    return hasOwnKeys(contents)
      ? { taints, refs, contents: { entries: new Map(), rest: { taints, refs: [] }, keys: CLEAN } }
      : { taints, refs };
  const entries = [...contents.entries].map(([key, part]): [string, Value] => [
    key,
    generalized(part, keepsContents),
  ]);
  const [rest, keys] = [contents.rest, contents.keys].map((part) => part && generalized(part, keepsContents));
  return { taints, refs, contents: contentsOf(new Map(entries), rest, keys) };
}

/** A mapping whose keys the code names: `**kwargs` of a call with keywords. */
function hasOwnKeys({ entries, rest, keys }: Contents): boolean {
  const areKnown = entries.size > 0 && [...entries.keys()].every((key) => key.startsWith('k:'));
  return areKnown && (rest === undefined || (keys !== undefined && keys.taints.length === 0));
}
