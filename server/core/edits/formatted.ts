/** Reads a Python expression that builds a text — f-string, `%`, `.format(…)`, `+`, or a mix of them — into one
 *  flat list of atoms (characters and holes) plus what is needed to change it in place. */
import type { BinaryOperation, Call, Dict, Expression, StringExpression } from '../syntax/python/ast';
import { readFormatFields } from './formatFields';
import { type Located, refuse } from './outcome';
import { readPercentFields } from './percentFields';
import { withParentheses } from './pythonText';
import { type Atom, type Literal, readString } from './stringAtoms';

/** A value that is put into the text. */
export interface Hole {
  readonly kind: 'hole';
  /** Absolute source range of the field inside the literal, or of the operand of `+` with its parentheses. */
  readonly start: number;
  readonly end: number;
  /** Absent where the value is a part of an argument (`%(name)s` with a variable, `{0.name}`). */
  readonly expression: Expression | undefined;
  readonly base: number;
  readonly source: string;
  /** `d` is the number conversion of `%d`. */
  readonly conversion: '' | 'r' | 's' | 'a' | 'd';
  /** Format specification in the language of `format()`, `''` for none. */
  readonly spec: string;
  readonly literal: Literal | undefined;
  readonly group: FormatGroup;
  readonly origin: 'fstring' | 'percent' | 'format' | 'operand';
  /** The argument that fills this field of `%` or `.format`. */
  readonly argument?: FormatArgument;
}

export interface FormatArgument {
  /** Position, or key for keywords and dict entries. */
  readonly key: number | string;
  readonly start: number;
  readonly end: number;
}

/** String literals that are formatted together. */
export interface FormatGroup {
  readonly kind: 'plain' | 'percent' | 'format';
  /** Source of the formatting itself, ` % args` or `.format(args)`: what goes when no field is left. */
  readonly removal: { readonly start: number; readonly end: number } | undefined;
  /** Inside of the argument list's brackets, when arguments can be taken out one by one. */
  readonly list: { readonly start: number; readonly end: number } | undefined;
  readonly args: readonly FormatArgument[];
  /** True if `{}` fields count by themselves. */
  readonly isAutomatic: boolean;
}

/** One operand of the concatenation; a lone string is a concatenation of one. */
export interface Operand {
  readonly start: number;
  readonly end: number;
  readonly literals: readonly Literal[];
  readonly atoms: readonly Atom[];
  readonly group: FormatGroup;
  /** Index of the query part (statement) it stands in. */
  readonly part: number;
}

/** An expression whose text is a part of the whole. */
export interface TextPart extends Located<Expression> {
  /** Name of the variable that the sum begins with and that holds the text so far: `q` in `q = q + …`. */
  readonly continues?: string;
}

const PLAIN: FormatGroup = {
  kind: 'plain',
  removal: undefined,
  list: undefined,
  args: [],
  isAutomatic: false,
};

/** Operands of all parts in order. Refuses forms it cannot change with certainty. */
export function readFormatted(text: string, parts: readonly TextPart[]): Operand[] {
  const operands: Operand[] = [];
  parts.forEach(({ node, base, continues }, part) => {
    const expressions = continues === undefined ? flatten(node) : flattenAll(node).slice(1);
    for (const expression of expressions) operands.push(readOperand(text, expression, base, part));
  });
  return operands;
}

/** The operands of a sum that is known to add texts. A loop: sums of 10,000 terms lean to the left. */
export function flattenAll(expression: Expression): Expression[] {
  const { first, spine } = spineOf(expression);
  return [first, ...spine.flatMap((node) => flattenAll(node.right))];
}

/** The operands of a sum with a text in it. What is added up before the first text stays one operand: it may be
 *  a sum of numbers. */
function flatten(expression: Expression): Expression[] {
  const { first, spine } = spineOf(expression);
  let head = first;
  let isText = buildsText(first);
  const operands: Expression[] = [];
  for (const node of spine) {
    isText ||= buildsText(node.right);
    if (isText) operands.push(...flatten(node.right));
    else head = node;
  }
  return [head, ...operands];
}

/** The leftmost operand of a sum and the additions from the inside out. */
function spineOf(expression: Expression): { first: Expression; spine: BinaryOperation[] } {
  const spine: BinaryOperation[] = [];
  let first = expression;
  while (first.kind === 'Binary' && first.op === '+') {
    spine.push(first);
    first = first.left;
  }
  return { first, spine: spine.reverse() };
}

/** True if a string literal takes part: `a + b` alone may add numbers. */
export function buildsText(expression: Expression): boolean {
  let node = expression;
  while (node.kind === 'Binary') {
    if (node.op !== '+' && node.op !== '%') return false;
    if (node.op === '+' && buildsText(node.right)) return true;
    node = node.left;
  }
  return node.kind === 'String' || (node.kind === 'Call' && isFormatCall(node));
}

function isFormatCall(node: Call): boolean {
  return (
    node.func.kind === 'Attribute' && node.func.attr.id === 'format' && node.func.value.kind === 'String'
  );
}

function readOperand(text: string, node: Expression, base: number, part: number): Operand {
  const { start, end } =
    part < 0 ? node : withParentheses(text, { start: base + node.start, end: base + node.end });
  if (node.kind === 'String')
    return { start, end, part, group: PLAIN, ...readString(text, node, base, PLAIN) };
  if (node.kind === 'Binary' && node.op === '%' && buildsText(node.left))
    return { start, end, part, ...readPercent(text, node, base) };
  if (node.kind === 'Call' && isFormatCall(node))
    return { start, end, part, ...readFormatCall(text, node, base) };
  const hole: Hole = {
    kind: 'hole',
    start,
    end,
    expression: node,
    base,
    source: text.slice(base + node.start, base + node.end),
    conversion: '',
    spec: '',
    literal: undefined,
    group: PLAIN,
    origin: 'operand',
  };
  return { start, end, part, literals: [], atoms: [hole], group: PLAIN };
}

type Read = Pick<Operand, 'literals' | 'atoms' | 'group'>;

function readPercent(text: string, node: BinaryOperation, base: number): Read {
  if (node.left.kind !== 'String') refuse('the text left of % is itself put together');
  const left = withParentheses(text, { start: base + node.left.start, end: base + node.left.end });
  const right = withParentheses(text, { start: base + node.right.start, end: base + node.right.end });
  const removal = { start: left.end, end: Math.max(right.end, base + node.end) };
  const inside = { start: base + node.right.start + 1, end: base + node.right.end - 1 };
  const isTuple = node.right.kind === 'Tuple' && node.right.isParenthesized;
  const group: FormatGroup = {
    kind: 'percent',
    removal,
    list: isTuple || node.right.kind === 'Dict' ? inside : undefined,
    args: percentArguments(text, node.right, base),
    isAutomatic: false,
  };
  const { atoms, literals } = readString(text, node.left, base, group);
  return { literals, group, atoms: readPercentFields(text, atoms, { value: node.right, base, group }) };
}

function percentArguments(text: string, right: Expression, base: number): FormatArgument[] {
  if (right.kind === 'Tuple')
    return right.elements.map((element, key) => ({ key, ...outer(text, element, base) }));
  if (right.kind !== 'Dict') return [];
  return dictArguments(right, base);
}

function dictArguments(dict: Dict, base: number): FormatArgument[] {
  return dict.entries.map((entry) => {
    const key = entry.key === undefined ? undefined : constantText(entry.key);
    if (key === undefined) refuse('the dict of values has keys that are not plain strings');
    return { key, start: base + (entry.key as Expression).start, end: base + entry.value.end };
  });
}

function outer(text: string, node: Expression, base: number): { start: number; end: number } {
  return withParentheses(text, { start: base + node.start, end: base + node.end });
}

/** Value of a plain string literal, or undefined. */
export function constantText(node: Expression): string | undefined {
  if (node.kind !== 'String' || node.isBytes || node.isTemplate) return undefined;
  const pieces = node.tokens.flatMap((token) => token.pieces);
  return pieces.every((piece) => piece.kind === 'Text')
    ? pieces.map((piece) => piece.value).join('')
    : undefined;
}

function readFormatCall(text: string, node: Call, base: number): Read {
  const string = (node.func.kind === 'Attribute' ? node.func.value : undefined) as StringExpression;
  if (string.tokens.some((token) => token.isFormat)) refuse('an f-string is formatted a second time');
  const left = withParentheses(text, { start: base + string.start, end: base + string.end });
  let nPositional = 0;
  const args = node.args.map((argument) => {
    if (argument.star === '*') refuse('the values of .format come from an unpacked variable');
    const key =
      argument.star === '**' ? '**' : argument.name === undefined ? nPositional++ : argument.name.id;
    return { key, start: base + argument.start, end: base + Math.max(argument.end, argument.value.end) };
  });
  const first = readString(text, string, base, PLAIN);
  const fields = first.atoms.map((atom) => (atom.kind === 'char' ? atom.value : '')).join('');
  const group: FormatGroup = {
    kind: 'format',
    removal: { start: left.end, end: base + node.end },
    list: { start: base + node.argsRange.start + 1, end: base + node.argsRange.end - 1 },
    args,
    isAutomatic: !/(^|[^{])(\{\{)*\{\d/.test(fields),
  };
  const atoms = readFormatFields(text, first.atoms, { args: node.args, base, group });
  return { literals: first.literals, group, atoms };
}
