/** The part of a text rewrite that deals with `+`: takes operands out, moves their placeholders into a neighbour,
 *  and joins two string literals that stand next to each other afterwards. */
import type { EditList } from './editList';
import type { Operand } from './formatted';
import { refuse } from './outcome';
import type { Literal } from './stringAtoms';
import { encode, encodingOf, finalPrefix, isGone, type TextPlan } from './textRewrite';

export function rewriteConcatenation(
  text: string,
  operands: readonly Operand[],
  plan: TextPlan,
  edits: EditList,
): void {
  const fed = new Set<Operand>();
  const quote = operands.flatMap((operand) => operand.literals)[0]?.quote.charAt(0) ?? '"';
  const removed = new Set<Operand>();
  operands.forEach((operand, i) => {
    const atom = operand.atoms[0];
    if (operand.literals.length > 0 || atom === undefined || !isGone(plan, atom)) return;
    removed.add(operand);
    const emitted = plan.emitted.get(atom);
    if (emitted === undefined) return;
    const previous = lastKept(operands, i, removed);
    const literal = previous?.literals.at(-1);
    if (previous !== undefined && literal !== undefined) {
      fed.add(previous);
      edits.insert(literal.contentEnd, encode(emitted, encodingOf(literal, previous, plan)));
    } else {
      removed.delete(operand);
      edits.replace(operand.start, operand.end, quote + emitted + quote);
    }
  });
  for (const operand of operands)
    if (isEmptied(operand, plan) && !fed.has(operand) && hasNeighbour(operands, operand, removed))
      removed.add(operand);
  takeOut(text, operands, removed, edits);
  join(text, operands, removed, plan, edits);
}

/** The nearest operand before `index` in the same statement that stays. */
function lastKept(
  operands: readonly Operand[],
  index: number,
  removed: ReadonlySet<Operand>,
): Operand | undefined {
  for (let i = index - 1; i >= 0; i--) {
    const candidate = operands[i] as Operand;
    if (candidate.part !== operands[index]?.part) return undefined;
    if (!removed.has(candidate)) return candidate;
  }
  return undefined;
}

function isEmptied(operand: Operand, plan: TextPlan): boolean {
  return (
    operand.literals.length === 1 &&
    operand.group.kind === 'plain' &&
    operand.atoms.length > 0 &&
    operand.atoms.every((atom) => plan.dropped.has(atom))
  );
}

function hasNeighbour(
  operands: readonly Operand[],
  operand: Operand,
  removed: ReadonlySet<Operand>,
): boolean {
  return operands.some((other) => other !== operand && other.part === operand.part && !removed.has(other));
}

/** Removes each operand together with one `+`. */
export function takeOut(
  text: string,
  operands: readonly Operand[],
  removed: ReadonlySet<Operand>,
  edits: EditList,
): void {
  operands.forEach((operand, i) => {
    if (!removed.has(operand)) return;
    const previous = operands[i - 1];
    const next = operands[i + 1];
    const keptBefore = lastKept(operands, i, removed) !== undefined;
    if (keptBefore && previous !== undefined && isPlus(text, previous.end, operand.start))
      edits.remove(previous.end, operand.end);
    else if (next?.part === operand.part && isPlus(text, operand.end, next.start))
      edits.remove(operand.start, next.start);
    else refuse('a comment or a parenthesis stands between the pieces of the text');
  });
}

function isPlus(text: string, from: number, to: number): boolean {
  return from <= to && /^[\s\\]*\+[\s\\]*$/.test(text.slice(from, to));
}

/** `"a = " + "?" + " b"` that became `"a = ?" + " b"` on one line becomes `"a = ? b"`. */
function join(
  text: string,
  operands: readonly Operand[],
  removed: ReadonlySet<Operand>,
  plan: TextPlan,
  edits: EditList,
): void {
  let left: Operand | undefined;
  let gone: Operand[] = [];
  for (const right of operands) {
    if (removed.has(right)) {
      gone.push(right);
      continue;
    }
    const a = left?.literals.at(-1);
    const b = right.literals[0];
    if (gone.length > 0 && left?.part === right.part && a !== undefined && b !== undefined) {
      const isSame = finalPrefix(a, left, plan) === finalPrefix(b, right, plan) && a.quote === b.quote;
      if (isSame && isBare(left, right) && canTouch(text, a, b, gone))
        edits.remove(a.contentEnd, b.contentStart);
    }
    left = right;
    gone = [];
  }
}

function isBare(left: Operand, right: Operand): boolean {
  const isPlain = left.group.kind === 'plain' && right.group.kind === 'plain';
  return isPlain && left.end === left.literals.at(-1)?.end && right.start === right.literals[0]?.start;
}

/** What stays between the two must be nothing but `+` on one line: a parenthesis would lose its partner. */
function canTouch(text: string, a: Literal, b: Literal, gone: readonly Operand[]): boolean {
  let between = '';
  let position = a.end;
  for (const operand of gone) {
    between += text.slice(position, operand.start);
    position = operand.end;
  }
  between += text.slice(position, b.start);
  const isOneLine = !/[\r\n]/.test(text.slice(a.end, b.start));
  const endsInNumber = /\\\d{1,3}$/.test(text.slice(a.contentStart, a.contentEnd));
  return a.quote.length === 1 && isOneLine && /^[\s+]*$/.test(between) && !endsInNumber;
}
