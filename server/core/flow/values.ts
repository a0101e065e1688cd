/** Abstract values: what is known of a Python or Jinja value without running anything. Each part is a small
 *  lattice; `join` is the least upper bound. Values are immutable and shared. */
import type { SinkKind } from '../knowledge/kinds';
import type { Place } from '../model/place';
import { isSameRef, joinRefs, type Ref } from '../model/refs';
import { ALL_KINDS, hasFacts, type KindSet, keptWith, kindSet, placedBehind, withImplied } from './kindSets';

export { ALL_KINDS, type KindSet, kindSet } from './kindSets';

/** One step that data took; the list is linked from the newest to the oldest and shared between values. */
export interface Step {
  readonly place: Place;
  readonly message: string;
  readonly previous?: Step;
  /** 1 for the source. */
  readonly length: number;
}

/** That a value may come from outside. `last` is absent for data of unknown origin. */
export interface Taint {
  /** Equal keys are the same source read at the same place; '' is unknown origin. */
  readonly sourceKey: string;
  /** How the source is written, such as `request.args["name"]`. */
  readonly label: string;
  /** Kinds of sinks it is safe for by now. */
  readonly cleared: KindSet;
  readonly last?: Step;
}

export type ConstantValue = string | number | boolean | null;

/** A piece of built text: literal, or a hole that holds another value. */
export type TextPart = { readonly text: string } | { readonly hole: Value };

/** Elements by constant key (`k:name`) or index (`i:0`), and what every other element may be. */
export interface Contents {
  readonly entries: ReadonlyMap<string, Value>;
  readonly rest?: Value;
  /** Keys of a dict beside those of the entries. */
  readonly keys?: Value;
}

export interface Value {
  /** Empty: known not to come from outside. */
  readonly taints: readonly Taint[];
  /** All values it can have, at most `MAX_CONSTANTS`; undefined when not known. */
  readonly constants?: readonly ConstantValue[];
  readonly refs: readonly Ref[];
  readonly contents?: Contents;
  readonly text?: readonly TextPart[];
}

export const MAX_CONSTANTS = 8;
export const MAX_TAINTS = 6;
export const MAX_STEPS = 24;
const MAX_TEXT_PARTS = 200;
const MAX_TEXT_LENGTH = 100_000; // UTF-16 units

const UNKNOWN_TAINT: Taint = { sourceKey: '', label: '', cleared: 0 };

/** Nothing is known, not even whether it comes from outside. */
export const UNKNOWN: Value = { taints: [UNKNOWN_TAINT], refs: [] };
/** Known to be harmless: a number, an object of the developer's. */
export const CLEAN: Value = { taints: [], refs: [] };

export function constant(...values: readonly ConstantValue[]): Value {
  return { taints: [], refs: [], constants: values };
}

export function withRefs(refs: readonly Ref[], base: Value = UNKNOWN): Value {
  return refs.length === 0 ? base : { ...base, refs };
}

export function isTainted(value: Value, kind: SinkKind): boolean {
  return value.taints.some((taint) => taint.last !== undefined && !isCleared(taint, kind));
}

export function isUnknownFor(value: Value, kind: SinkKind): boolean {
  return value.taints.some((taint) => taint.last === undefined && !isCleared(taint, kind));
}

/** Taints that still count for a kind, those with a source first. */
export function activeTaints(value: Value, kind: SinkKind): readonly Taint[] {
  return value.taints.filter((taint) => taint.last !== undefined && !isCleared(taint, kind));
}

export function isCleared(taint: Taint, kind: SinkKind): boolean {
  return (taint.cleared & kindSet([kind])) !== 0;
}

/** The value after a sanitizer: same origin, safe for more kinds. */
export function cleared(value: Value, kinds: KindSet): Value {
  if (kinds === ALL_KINDS) return CLEAN;
  return { taints: value.taints.map((taint) => withProof(taint, kinds)), refs: [] };
}

const SHELL_WORD = kindSet(['command', 'shellWord']);

/** The value as one word for a shell. What was safe for one before is so for more than that, and stays it. */
export function quotedWord({ taints }: Value): Value {
  const quoted = taints.map((taint) =>
    isCleared(taint, 'command') ? taint : { ...taint, cleared: taint.cleared | SHELL_WORD },
  );
  return { taints: quoted, refs: [] };
}

/** Nothing but such a word: a text that holds some is another thing. */
export function isQuotedWord({ taints, text }: Value): boolean {
  const isWord = taints.some((taint) => (taint.cleared & SHELL_WORD) === SHELL_WORD);
  return isWord && text?.some((part) => 'text' in part) !== true;
}

export function withProof(taint: Taint, kinds: KindSet): Taint {
  return { ...taint, cleared: withImplied(taint.cleared | kinds) };
}

/** The same data after its text has changed: what was proven of that text is no longer so. */
export function changedText(value: Value): Value {
  if (!value.taints.some((taint) => hasFacts(taint.cleared))) return value;
  return {
    ...value,
    taints: value.taints.map((taint) => ({ ...taint, cleared: taint.cleared & ALL_KINDS })),
  };
}

/** Taints of several values together, for results that may hold any of them. */
export function joinTaints(values: readonly Value[]): readonly Taint[] {
  const [first] = values;
  if (first === undefined) return [];
  if (values.every((value) => value.taints.length === 0 || value.taints === first.taints))
    return first.taints;
  const merged = new Map<string, Taint>();
  for (const { taints } of values)
    for (const taint of taints) {
      const known = merged.get(taint.sourceKey);
      if (known === undefined) merged.set(taint.sourceKey, taint);
      else if (known !== taint) merged.set(taint.sourceKey, joinTaint(known, taint));
    }
  return [...merged.values()].slice(0, MAX_TAINTS);
}

function joinTaint(a: Taint, b: Taint): Taint {
  const shorter = (b.last?.length ?? 0) < (a.last?.length ?? 0) ? b : a;
  const cleared = a.cleared & b.cleared;
  return shorter.cleared === cleared ? shorter : { ...shorter, cleared };
}

/** Least upper bound: what may be either. */
export function join(a: Value, b: Value): Value {
  if (a === b) return a;
  const taints = joinTwoTaints(a.taints, b.taints);
  const refs = joinRefs(a.refs, b.refs);
  const constants = joinConstants(a.constants, b.constants);
  const contents =
    a.contents && b.contents ? joinContents(a.contents, b.contents) : (opened(a, b) ?? opened(b, a));
  const text = joinText(a.text, b.text) ?? textWithSameStart(a, b, taints);
  // The same object again: what is joined with it next has nothing to do.
  const isFirst =
    taints === a.taints &&
    refs === a.refs &&
    constants === a.constants &&
    contents === a.contents &&
    text === a.text;
  return isFirst ? a : { taints, refs, constants, contents, text };
}

/** Contents of a container that may be something else as well: `request.get_json() or {}`. */
function opened({ contents }: Value, other: Value): Contents | undefined {
  if (contents === undefined || other.taints.length === 0) return contents;
  const isContainer =
    contents.keys !== undefined || [...contents.entries.keys()].every((key) => /^[ki]:/.test(key));
  if (!isContainer || contents.rest?.taints === other.taints) return contents;
  const unknown: Value = { taints: other.taints, refs: [] };
  return contentsOf(contents.entries, eitherOf(contents.rest, unknown), eitherOf(contents.keys, unknown));
}

/** Taints of either list; `a` itself when `b` adds nothing. */
function joinTwoTaints(a: readonly Taint[], b: readonly Taint[]): readonly Taint[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b.length <= MAX_TAINTS ? b : b.slice(0, MAX_TAINTS);
  let joined: Taint[] | undefined;
  for (const taint of b) {
    const current = joined ?? a;
    const index = current.findIndex(({ sourceKey }) => sourceKey === taint.sourceKey);
    const known = current[index];
    const next = known === undefined || known === taint ? taint : joinTaint(known, taint);
    if (next === known) continue;
    joined ??= [...a];
    if (known === undefined) joined.push(next);
    else joined[index] = next;
  }
  return joined === undefined ? a : joined.slice(0, MAX_TAINTS);
}

/** Texts of the same shape keep it: the same literal pieces in the same places. */
function joinText(
  a: readonly TextPart[] | undefined,
  b: readonly TextPart[] | undefined,
): readonly TextPart[] | undefined {
  if (a === b || a === undefined || b === undefined) return a === b ? a : undefined;
  if (a.length !== b.length) return undefined;
  const joined: TextPart[] = [];
  let isFirst = true;
  for (const [index, part] of a.entries()) {
    const other = b[index] as TextPart;
    if ('text' in part !== 'text' in other) return undefined;
    if ('text' in part && 'text' in other) {
      if (part.text !== other.text) return undefined;
      joined.push(part);
    } else if ('hole' in part && 'hole' in other) {
      const hole = join(part.hole, other.hole);
      isFirst &&= hole === part.hole;
      joined.push(hole === part.hole ? part : { hole });
    }
  }
  return isFirst ? a : joined;
}

/** Of an address or a path, the start says most; of a query in SQL, the place of every part. */
const ADDRESS_START = /^(?:[/.?#]|[a-z][a-z0-9+.-]*:)/i;

/** Addresses of different shapes that start alike: that much is known of both. */
function textWithSameStart(a: Value, b: Value, taints: readonly Taint[]): readonly TextPart[] | undefined {
  if (a.text === undefined && b.text === undefined) return undefined;
  const start = commonStart(startsOf(a), startsOf(b));
  if (!ADDRESS_START.test(start)) return behindSameHole(a, b, taints);
  const [first, second, ...more] = a.text ?? [];
  const isKnown = first !== undefined && 'text' in first && first.text === start && more.length === 0;
  if (isKnown && second !== undefined && 'hole' in second && second.hole.taints === taints) return a.text;
  return [{ text: start }, { hole: { taints, refs: [] } }];
}

/** What joins the parts of an address to what stands in front of them. */
const ADDRESS_PART = /^[/?&#]/;

/** `url` and `url + "&page=" + page`: addresses that both begin with something of the developer's. */
function behindSameHole(a: Value, b: Value, taints: readonly Taint[]): readonly TextPart[] | undefined {
  const [left, right] = [ownBeginning(a), ownBeginning(b)];
  const isAddress = [...(a.text ?? []), ...(b.text ?? [])].some(
    (part) => 'text' in part && ADDRESS_PART.test(part.text),
  );
  if (left === undefined || right === undefined || !isAddress) return undefined;
  const literal = commonStart(literalBehind(a), literalBehind(b));
  const [first, second, third, ...more] = a.text ?? [];
  const last = literal === '' ? second : third;
  const isKnown = first !== undefined && 'hole' in first && first.hole.taints === left.taints;
  const isSame = last !== undefined && 'hole' in last && last.hole.taints === taints && more.length === 0;
  if (isKnown && isSame && literalBehind(a) === literal && (literal === '') === (third === undefined))
    return a.text;
  const between = literal === '' ? [] : [{ text: literal }];
  return [{ hole: { taints: left.taints, refs: [] } }, ...between, { hole: { taints, refs: [] } }];
}

/** What a text begins with when that is no literal and comes from no source. */
function ownBeginning(value: Value): Value | undefined {
  const [first] = value.text ?? [{ hole: value }];
  if (first === undefined || 'text' in first || value.constants !== undefined) return undefined;
  return first.hole.taints.every(({ last }) => last === undefined) ? first.hole : undefined;
}

function literalBehind({ text }: Value): string {
  const second = text?.[1];
  return second !== undefined && 'text' in second ? second.text : '';
}

/** What a text begins with; empty when that is not known. */
function startsOf({ text, constants }: Value): string {
  const [first] = text ?? [];
  if (text !== undefined) return first !== undefined && 'text' in first ? first.text : '';
  const texts = constants ?? [];
  if (texts.length === 0 || !texts.every((known) => typeof known === 'string')) return '';
  return texts.reduce<string>((start, known) => commonStart(start, String(known)), String(texts[0]));
}

function commonStart(a: string, b: string): string {
  let length = 0;
  while (length < a.length && a[length] === b[length]) length++;
  return a.slice(0, length);
}

export function joinAll(values: readonly Value[]): Value {
  return values.length === 0 ? CLEAN : values.reduce(join);
}

function joinConstants(
  a: readonly ConstantValue[] | undefined,
  b: readonly ConstantValue[] | undefined,
): readonly ConstantValue[] | undefined {
  if (a === undefined || b === undefined) return undefined;
  if (a === b || b.every((value) => a.includes(value))) return a;
  const all = [...new Set([...a, ...b])];
  return all.length > MAX_CONSTANTS ? undefined : all;
}

function joinContents(a: Contents, b: Contents): Contents {
  if (a === b) return a;
  let entries: Map<string, Value> | undefined;
  for (const [key, value] of b.entries) {
    const known = a.entries.get(key);
    const joined = known === undefined ? value : join(known, value);
    if (joined === known) continue;
    entries ??= new Map(a.entries);
    entries.set(key, joined);
  }
  const rest = eitherOf(a.rest, b.rest);
  const keys = eitherOf(a.keys, b.keys);
  if (entries === undefined && rest === a.rest && keys === a.keys) return a;
  return contentsOf(entries ?? new Map(a.entries), rest, keys);
}

/** Both joined, or the one that is there. */
export function eitherOf(a: Value | undefined, b: Value | undefined): Value | undefined {
  return a && b ? join(a, b) : (a ?? b);
}

export function contentsOf(entries: Contents['entries'], rest?: Value, keys?: Value): Contents {
  return { entries, ...(rest === undefined ? {} : { rest }), ...(keys === undefined ? {} : { keys }) };
}

/** Taint of everything that a container holds, keys included. */
export function taintsOf({ entries, rest, keys }: Contents): readonly Taint[] {
  return joinTaints([...entries.values(), ...(rest ? [rest] : []), ...(keys ? [keys] : [])]);
}

/** True when the two say the same; used to end loops. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.taints.length !== b.taints.length || a.refs.length !== b.refs.length) return false;
  if (
    !a.taints.every(
      (taint, i) => taint.sourceKey === b.taints[i]?.sourceKey && taint.cleared === b.taints[i]?.cleared,
    )
  )
    return false;
  if (!a.refs.every((ref, i) => isSameRef(ref, b.refs[i] as Ref))) return false;
  if (!isSameList(a.constants, b.constants)) return false;
  if (a.contents === b.contents) return true;
  if (a.contents === undefined || b.contents === undefined) return false;
  const [x, y] = [a.contents, b.contents];
  if (x.entries.size !== y.entries.size || (x.rest === undefined) !== (y.rest === undefined)) return false;
  if (x.rest && y.rest && !sameValue(x.rest, y.rest)) return false;
  if ((x.keys === undefined) !== (y.keys === undefined)) return false;
  if (x.keys && y.keys && !sameValue(x.keys, y.keys)) return false;
  return [...x.entries].every(([key, value]) => {
    const other = y.entries.get(key);
    return other !== undefined && sameValue(value, other);
  });
}

function isSameList(
  a: readonly ConstantValue[] | undefined,
  b: readonly ConstantValue[] | undefined,
): boolean {
  if (a === b || a === undefined || b === undefined) return a === b;
  return a.length === b.length && a.every((value, index) => value === b[index]);
}

/** Adds a step to everything untrusted in a value. */
export function stepped(value: Value, place: Place, message: string): Value {
  if (!value.taints.some((taint) => taint.last !== undefined)) return value;
  const taints = value.taints.map((taint) =>
    taint.last === undefined ? taint : withStep(taint, taint.last, place, message),
  );
  return { ...value, taints };
}

function withStep(taint: Taint, last: Step, place: Place, message: string): Taint {
  // `a + b + c` is one text, not two: the wider place takes the narrower one's stead.
  if (last.message === message && last.place.tree === place.tree)
    return { ...taint, last: { ...last, place } };
  if (last.length >= MAX_STEPS) return taint;
  return { ...taint, last: { place, message, previous: last, length: last.length + 1 } };
}

/** Spreadsheets take a cell that begins with an apostrophe for text. */
const NO_FORMULA = kindSet(['trust']);

/** A built text: literal parts and holes. Adjacent literals are merged. */
export function textValue(parts: readonly TextPart[]): Value {
  const flat: TextPart[] = [];
  for (const part of parts.flatMap(flatten)) {
    const last = flat.at(-1);
    if ('text' in part && last !== undefined && 'text' in last)
      flat[flat.length - 1] = { text: last.text + part.text };
    else if (!('text' in part) || part.text !== '') flat.push(part);
  }
  const placed = flat.some((part) => 'hole' in part && part.hole.taints.some(isProven))
    ? inPlace(flat)
    : flat;
  const holes = placed.flatMap((part) => ('hole' in part ? [part.hole] : []));
  const [only] = flat;
  // Doubled again and again, a text would grow beyond all bounds.
  const length = flat.reduce((sum, part) => sum + ('text' in part ? part.text.length : 0), 0);
  if (length > MAX_TEXT_LENGTH) return { taints: joinTaints(holes), refs: [] };
  if (holes.length === 0) return constant(only !== undefined && 'text' in only ? only.text : '');
  const text = placed.length > MAX_TEXT_PARTS ? undefined : placed;
  const joined = joinTaints(holes);
  const isMarked = only !== undefined && 'text' in only && only.text.startsWith("'");
  const taints = isMarked ? joined.map((taint) => withProof(taint, NO_FORMULA)) : joined;
  if (!taints.some(isProven)) return { taints, refs: [], text };
  const literals = placed.map((part) => ('text' in part ? part.text : '')).join('\n');
  return { taints: mapCleared(taints, (kinds) => keptWith(kinds, literals)), refs: [], text };
}

function isProven(taint: Taint): boolean {
  return hasFacts(taint.cleared);
}

function mapCleared(taints: readonly Taint[], change: (kinds: KindSet) => KindSet): readonly Taint[] {
  return taints.map((taint) => ({ ...taint, cleared: change(taint.cleared) }));
}

/** What is proven of each hole, for the place where it stands. */
function inPlace(parts: readonly TextPart[]): TextPart[] {
  let before: string | undefined;
  return parts.map((part) => {
    const ahead = before;
    before = (before ?? '') + ('text' in part ? part.text : '');
    if ('text' in part || !part.hole.taints.some(isProven)) return part;
    return { hole: { ...part.hole, taints: mapCleared(part.hole.taints, (k) => placedBehind(k, ahead)) } };
  });
}

function flatten(part: TextPart): readonly TextPart[] {
  if ('text' in part) return [part];
  if (part.hole.text !== undefined) return part.hole.text;
  const values = part.hole.constants;
  return values?.length === 1 && values[0] !== null && typeof values[0] !== 'boolean'
    ? [{ text: String(values[0]) }]
    : [part];
}

/** The step of data that the code puts other text around. */
export const BUILT_STEP = 'becomes part of this text';

/** The value as pieces of text. */
export function textParts(value: Value): readonly TextPart[] {
  return flatten({ hole: value });
}

/** The value that a text begins with; undefined when it begins with literal text. */
export function beginning(value: Value): Value | undefined {
  const [first] = value.text ?? [];
  if (first === undefined) return value.constants === undefined ? value : undefined;
  return 'text' in first ? undefined : beginning(first.hole);
}
