/** Changes a text that is built by an f-string, `%`, `.format` or `+` in place, atom by atom: holes give way to
 *  placeholders, formatting that is no longer needed goes, quotes, layout and comments stay. */

import { rewriteConcatenation } from './concatenation';
import type { EditList } from './editList';
import type { FormatArgument, FormatGroup, Hole, Operand } from './formatted';
import { refuse } from './outcome';
import type { Atom, CharAtom, Literal } from './stringAtoms';

export interface TextPlan {
  /** Text that takes the place of an atom. */
  readonly emitted: ReadonlyMap<Atom, string>;
  /** Atoms that go. */
  readonly dropped: ReadonlySet<Atom>;
  /** What a literal character becomes in the final text, such as `%` → `%%`. */
  readonly mapCharacter: (value: string) => string;
  /** Written for every literal with its final prefix; `f` goes where no hole of the literal stays. */
  readonly keepsArguments: boolean;
  /** New sources of arguments of `%` and `.format`. */
  readonly replaced?: ReadonlyMap<FormatArgument, string>;
}

/** How the characters of one literal must be written in the end. */
interface Encoding {
  readonly doublesPercent: boolean;
  readonly doublesBraces: boolean;
}

export function isGone(plan: TextPlan, atom: Atom): boolean {
  return plan.emitted.has(atom) || plan.dropped.has(atom);
}

/** Adds the edits that carry out the plan. */
export function rewriteText(
  text: string,
  operands: readonly Operand[],
  plan: TextPlan,
  edits: EditList,
): void {
  for (const operand of operands) {
    if (operand.literals.length === 0) continue;
    rewriteLiterals(text, operand, plan, edits);
    if (operand.group.kind === 'plain' || rewriteArguments(text, operand, plan, edits)) continue;
    for (const argument of operand.group.args) {
      const source = plan.replaced?.get(argument);
      if (source !== undefined) edits.replace(argument.start, argument.end, source);
    }
  }
  rewriteConcatenation(text, operands, plan, edits);
}

/** Prefix of a literal once the plan is carried out. */
export function finalPrefix(literal: Literal, operand: Operand, plan: TextPlan): string {
  return literal.isFormat && !keepsHole(literal, operand, plan)
    ? literal.prefix.replace(/f/i, '')
    : literal.prefix;
}

function keepsHole(literal: Literal, operand: Operand, plan: TextPlan): boolean {
  return operand.atoms.some(
    (atom) =>
      atom.kind === 'hole' && atom.origin === 'fstring' && atom.literal === literal && !isGone(plan, atom),
  );
}

/** True if the formatting stays: some field does, or there never was one (`"100%%" % ()`). */
function keepsFormatting(operand: Operand, plan: TextPlan): boolean {
  const fields = operand.atoms.filter(
    (atom) => atom.kind === 'hole' && atom.origin !== 'fstring' && atom.origin !== 'operand',
  );
  return fields.length === 0 || fields.some((field) => !isGone(plan, field));
}

/** How text must be written to stand in this literal after the rewrite. */
export function encodingOf(literal: Literal, operand: Operand, plan: TextPlan): Encoding {
  const isFormatted = keepsFormatting(operand, plan);
  return {
    doublesPercent: operand.group.kind === 'percent' && isFormatted,
    doublesBraces: (operand.group.kind === 'format' && isFormatted) || keepsHole(literal, operand, plan),
  };
}

export function encode(value: string, encoding: Encoding): string {
  const percent = encoding.doublesPercent ? value.replaceAll('%', '%%') : value;
  return encoding.doublesBraces ? percent.replace(/[{}]/g, '$&$&') : percent;
}

function rewriteLiterals(text: string, operand: Operand, plan: TextPlan, edits: EditList): void {
  for (const literal of operand.literals) {
    const prefix = finalPrefix(literal, operand, plan);
    if (prefix !== literal.prefix)
      edits.replace(literal.start, literal.start + literal.prefix.length, prefix);
    const encoding = encodingOf(literal, operand, plan);
    for (const atom of operand.atoms) {
      if (atom.literal !== literal) continue;
      const emitted = plan.emitted.get(atom);
      if (emitted !== undefined) edits.replace(atom.start, atom.end, encode(emitted, encoding));
      else if (plan.dropped.has(atom)) edits.remove(atom.start, atom.end);
      else if (atom.kind === 'char') rewriteCharacter(text, atom, encoding, plan, edits);
    }
  }
}

function rewriteCharacter(
  text: string,
  atom: CharAtom,
  encoding: Encoding,
  plan: TextPlan,
  edits: EditList,
): void {
  const mapped = plan.mapCharacter(atom.value);
  if (mapped === atom.value && !/^[%{}]$/.test(atom.value)) return;
  const present = text.slice(atom.start, atom.end);
  const wanted = encode(mapped, encoding);
  const isEscape = present.startsWith('\\') && mapped === atom.value;
  if (present !== wanted && !isEscape) edits.replace(atom.start, atom.end, wanted);
}

/** Takes ` % args` or `.format(args)` away, or only the arguments whose fields went. False where they stay. */
function rewriteArguments(text: string, operand: Operand, plan: TextPlan, edits: EditList): boolean {
  const { group } = operand;
  const fields = operand.atoms.filter(
    (atom): atom is Hole => atom.kind === 'hole' && (atom.origin === 'percent' || atom.origin === 'format'),
  );
  const gone = fields.filter((field) => isGone(plan, field));
  if (gone.length === 0 || group.removal === undefined) return false;
  if (!plan.keepsArguments && gone.length === fields.length) {
    if (text.slice(group.removal.start, group.removal.end).includes('#'))
      refuse('a comment stands among the values');
    edits.remove(group.removal.start, group.removal.end);
    return true;
  }
  return group.list !== undefined && takeArguments(text, group, fields, gone, plan, edits);
}

function takeArguments(
  text: string,
  group: FormatGroup,
  fields: readonly Hole[],
  gone: readonly Hole[],
  plan: TextPlan,
  edits: EditList,
): boolean {
  const list = group.list as { readonly start: number; readonly end: number };
  const stays = fields.filter((field) => !isGone(plan, field));
  const kept = group.args.filter(
    (argument) =>
      stays.some((field) => field.argument === argument) ||
      !gone.some((field) => field.argument === argument),
  );
  if (kept.length === group.args.length) return false;
  if (text.slice(list.start, list.end).includes('#')) refuse('a comment stands among the values');
  const sources = kept.map(
    (argument) => plan.replaced?.get(argument) ?? text.slice(argument.start, argument.end),
  );
  const isSingle = sources.length === 1 && group.kind === 'percent' && typeof kept[0]?.key === 'number';
  edits.replace(list.start, list.end, sources.join(', ') + (isSingle ? ',' : ''));
  if (group.kind === 'format' && !group.isAutomatic)
    renumber(
      text,
      stays,
      kept.map((one) => one.key),
      edits,
    );
  return true;
}

function renumber(
  text: string,
  stays: readonly Hole[],
  keys: readonly (number | string)[],
  edits: EditList,
): void {
  const numbers = keys.filter((key) => typeof key === 'number');
  for (const field of stays) {
    const key = field.argument?.key;
    if (typeof key !== 'number') continue;
    const digits = /^\{(\d+)/.exec(text.slice(field.start, field.end))?.[1] ?? '';
    const index = numbers.indexOf(key);
    if (index !== key) edits.replace(field.start + 1, field.start + 1 + digits.length, String(index));
  }
}
