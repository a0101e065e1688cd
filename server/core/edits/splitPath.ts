/** Splits a text that names a file, `f"files/{name}"` or `FOLDER + "/" + name`, into the folder and the name. */
import type { BinaryOperation, Expression, StringExpression } from '../syntax/python/ast';
import { flattenAll, readFormatted } from './formatted';
import { answer, type Located } from './outcome';
import { sourceFor } from './pythonText';
import type { Atom, CharAtom, Literal } from './stringAtoms';

export interface SplitText {
  /** Source of the two arguments. */
  readonly folder: string;
  readonly name: string;
  /** Values that the folder is made of. */
  readonly values: readonly Expression[];
}

/** Undefined where the text is written in another way, or has no folder. */
export function splitPathText(text: string, { node, base }: Located<Expression>): SplitText | undefined {
  if (node.kind === 'String') return splitString(text, node, base);
  return node.kind === 'Binary' && node.op === '+' ? splitSum(text, node, base) : undefined;
}

/** At the last slash before a value. */
function splitString(text: string, node: StringExpression, base: number): SplitText | undefined {
  const read = answer(() => readFormatted(text, [{ node, base }]));
  if ('reason' in read || read.length !== 1) return undefined;
  const [{ atoms, literals } = { atoms: [], literals: [] }] = read;
  const [literal] = literals;
  const lastHole = atoms.findLastIndex((atom) => atom.kind === 'hole');
  const slash = atoms.findLastIndex((atom, index) => index < lastHole && isSlash(atom));
  const at = atoms[slash];
  if (literal === undefined || literals.length !== 1 || slash <= 0 || at === undefined) return undefined;
  const before = atoms.slice(0, slash);
  return {
    folder: part(text, literal, before, { start: literal.contentStart, end: at.start }),
    name: part(text, literal, atoms.slice(slash + 1), { start: at.end, end: literal.contentEnd }),
    values: holesOf(before),
  };
}

/** A piece of a literal as a text of its own; a lone value stands for itself. */
function part(
  text: string,
  literal: Literal,
  atoms: readonly Atom[],
  { start, end }: { readonly start: number; readonly end: number },
): string {
  const [only] = atoms;
  const isAlone = atoms.length === 1 && only?.kind === 'hole' && only.conversion === '' && only.spec === '';
  if (isAlone && only.expression !== undefined) return sourceFor(text, only.expression, only.base, 'element');
  const source = text.slice(start, end);
  const prefix = /[{}]/.test(source) ? literal.prefix : literal.prefix.replace(/f/i, '');
  return `${prefix}${literal.quote}${source}${literal.quote}`;
}

/** `"files/" + name + ".pdf"`, `FOLDER + "/" + name`: at the last text that ends with a slash. */
function splitSum(text: string, node: BinaryOperation, base: number): SplitText | undefined {
  const operands = flattenAll(node);
  const at = operands.findLastIndex(
    (one, index) => index < operands.length - 1 && one.kind === 'String' && endsWithSlash(text, one, base),
  );
  const parts = operands.slice(at + 1);
  const [first, last] = [parts[0], parts.at(-1)];
  const slash = operands[at];
  if (slash?.kind !== 'String' || first === undefined || last === undefined) return undefined;
  const name =
    parts.length === 1
      ? sourceFor(text, first, base, 'element')
      : text.slice(base + first.start, base + last.end);
  const before = operands.slice(0, at);
  const folder = folderOf(text, before, slash, base);
  return folder === undefined ? undefined : { folder, name, values: before };
}

/** The texts in front of the slash, without it. */
function folderOf(
  text: string,
  before: readonly Expression[],
  slash: StringExpression,
  base: number,
): string | undefined {
  const characters = charactersOf(text, slash, base) ?? [];
  const end = characters.at(-1);
  const [left, right] = [before[0], before.at(-1)];
  const start =
    left !== undefined && right !== undefined
      ? before.length === 1
        ? sourceFor(text, left, base, 'element')
        : text.slice(base + left.start, base + right.end)
      : undefined;
  if (characters.length === 1) return start;
  if (end === undefined || characters[0]?.literal !== end.literal) return undefined;
  const { literal } = end;
  const own = `${literal.prefix}${literal.quote}${text.slice(literal.contentStart, end.start)}${literal.quote}`;
  return start === undefined ? own : `${start} + ${own}`;
}

function endsWithSlash(text: string, node: StringExpression, base: number): boolean {
  const last = charactersOf(text, node, base)?.at(-1);
  return last !== undefined && isSlash(last);
}

/** The characters of a text without values. */
function charactersOf(text: string, node: StringExpression, base: number): readonly CharAtom[] | undefined {
  const read = answer(() => readFormatted(text, [{ node, base }]));
  if ('reason' in read) return undefined;
  const atoms = read.flatMap((operand) => operand.atoms);
  const characters = atoms.filter((atom): atom is CharAtom => atom.kind === 'char');
  return characters.length === atoms.length ? characters : undefined;
}

function holesOf(atoms: readonly Atom[]): Expression[] {
  return atoms.flatMap((atom) => (atom.kind === 'hole' && atom.expression ? [atom.expression] : []));
}

function isSlash(atom: Atom): boolean {
  return atom.kind === 'char' && atom.value === '/';
}
