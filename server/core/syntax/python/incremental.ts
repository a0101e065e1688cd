/** Re-reads a file after an edit: only the units whose text changed are parsed again, all others keep their `tree`.
 *  The result equals a parse from scratch, because a unit's tree depends on its text alone and units are cut again
 *  from before the edit until a cut falls on one of the old ones. */
import { applyEdits, diffEdit, type TextEdit } from '../../base/textEdit';
import type { Module, Unit, UnitTree } from './ast';
import { MAX_LENGTH, parseUnit, toModule, tooLong } from './parse';
import { scanUnits, splitUnits, type UnitSpan } from './units';
import { unitIndexAt } from './walk';

/** `change` is the new text, or edits of the old one. */
export function editPython(previous: Module, change: string | readonly TextEdit[]): Module {
  const text = typeof change === 'string' ? change : applyEdits(previous.text, change);
  const edit =
    typeof change === 'string' ? diffEdit(previous.text, text) : spanOf(previous.text, text, change);
  if (!edit) return previous;
  if (text.length > MAX_LENGTH) return tooLong(text);
  return partly(previous, text, edit) ?? completely(previous, text);
}

interface Edited {
  /** End in the old text of what changed. */
  readonly end: number;
  readonly start: number;
  /** How much longer the text became. */
  readonly delta: number;
}

function spanOf(before: string, after: string, edits: readonly TextEdit[]): TextEdit | undefined {
  if (edits.length === 0) return undefined;
  let start = before.length;
  let end = 0;
  for (const { range } of edits) {
    start = Math.min(start, range.start);
    end = Math.max(end, range.end);
  }
  return { range: { start, end }, newText: after.slice(start, end + after.length - before.length) };
}

/** Undefined when the edit leaves something open, so that all the text after it may matter. */
function partly(previous: Module, text: string, edit: TextEdit): Module | undefined {
  const old = previous.units;
  if (!previous.isClean || old.length === 0) return undefined;
  const { start, end } = edit.range;
  const delta = text.length - previous.text.length;
  const first = firstAffected(previous, start);
  const middle: Unit[] = [];
  let next = unitIndexAt(old, end);
  let isSynced = false;
  const isClean = scanUnits(text, old[first]?.base ?? 0, (span) => {
    middle.push(unitFor(previous, text, span, { start, end, delta }));
    while (
      next < old.length &&
      ((old[next] as Unit).base < end || (old[next] as Unit).base + delta < span.end)
    )
      next++;
    isSynced = next < old.length && (old[next] as Unit).base + delta === span.end;
    return !isSynced;
  });
  if (!isClean) return undefined;
  const after = isSynced ? old.slice(next) : [];
  const shifted = delta === 0 ? after : after.map(({ base, tree }): Unit => ({ base: base + delta, tree }));
  return toModule(text, [...old.slice(0, first), ...middle, ...shifted], true);
}

/** The unit before the edited one may take in what its text becomes, and one left open may end elsewhere. */
function firstAffected(previous: Module, editStart: number): number {
  const index = Math.max(0, unitIndexAt(previous.units, editStart) - 1);
  const open = previous.units.findIndex(({ tree }) => tree.isRepaired);
  return open < 0 ? index : Math.min(index, open);
}

function completely(previous: Module, text: string): Module {
  const edit = diffEdit(previous.text, text);
  const { units, isClean } = splitUnits(text);
  const delta = text.length - previous.text.length;
  const { start, end } = edit?.range ?? { start: text.length, end: 0 };
  return toModule(
    text,
    units.map((span) => unitFor(previous, text, span, { start, end, delta })),
    isClean,
  );
}

/** Takes over the old tree where the same text was cut the same way, else parses. */
function unitFor(previous: Module, text: string, span: UnitSpan, edit: Edited): Unit {
  const tree = unchangedTree(previous, span, edit);
  return { base: span.start, tree: tree ?? parseUnit(text.slice(span.start, span.end), span) };
}

function unchangedTree(
  previous: Module,
  span: UnitSpan,
  { start, end, delta }: Edited,
): UnitTree | undefined {
  const isBefore = span.end <= start;
  const oldBase = isBefore ? span.start : span.start - delta;
  if (!isBefore && oldBase < end) return undefined;
  const old = previous.units[unitIndexAt(previous.units, oldBase)];
  const isSame = old?.base === oldBase && old.tree.length === span.end - span.start;
  return isSame && old.tree.isRepaired === span.isOpen ? old.tree : undefined;
}
