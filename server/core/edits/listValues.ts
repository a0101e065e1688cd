/** Lists of values in a query: `IN (1, 2)` that is joined from items gets as many placeholders as there are items. */
import type { Range } from '../base/range';
import type { Comprehension, Expression, Statement } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import { constantText, type Hole } from './formatted';
import { refuse } from './outcome';
import { nameFor } from './parameterValue';

export interface ListValue {
  /** What is counted: `ids`. */
  readonly counted: string;
  /** The values: `ids`, or `[name.strip() for name in names]`. */
  readonly values: string;
  readonly name: string;
  /** Absolute range of the expression that makes a text of them. */
  readonly at: Range;
  /** It stands in the hole itself, and not where a variable is assigned. */
  readonly isInline: boolean;
  /** The text brings its brackets: `str(tuple(ids))`. */
  readonly hasBrackets: boolean;
  /** What the text has between two values. */
  readonly separator: string;
}

/** What the code around says about names. */
export interface ListScope {
  readonly statements: readonly Statement[];
  /** What a name stands for if it is assigned once; the node itself otherwise. */
  readonly assignedOnce: (node: Expression) => Expression;
}

/** Undefined for a hole that holds no list that could be read. */
export function listIn(text: string, hole: Hole, scope: ListScope): ListValue | undefined {
  const { expression, base } = hole;
  if (expression === undefined || (hole.conversion !== '' && hole.conversion !== 's')) return undefined;
  const made = scope.assignedOnce(expression);
  const node = callOf(made, 'str') ?? made;
  const sourceOf = (one: Expression) => text.slice(base + one.start, base + one.end);
  const items = joined(node);
  if (items !== undefined) {
    const read = itemsOf(items.value, sourceOf, scope);
    if (read === undefined) return undefined;
    const isOwn = made !== expression && isUsedOnce(expression, scope);
    const at = isOwn ? made : expression;
    return {
      ...read,
      name: nameFor(read.node, read.counted),
      at: { start: base + at.start, end: base + at.end },
      isInline: !isOwn,
      hasBrackets: false,
      separator: items.separator,
    };
  }
  const inner = callOf(node, 'tuple');
  if (inner === undefined) return undefined;
  // A variable that holds the tuple stays what it is.
  const tuple = made === expression ? inner : expression;
  if (!isRepeatable(tuple, scope)) return undefined;
  const counted = sourceOf(tuple);
  return {
    counted,
    values: counted,
    name: nameFor(tuple, counted),
    at: { start: base + expression.start, end: base + expression.end },
    isInline: true,
    hasBrackets: true,
    separator: ',',
  };
}

/** `placeholders = …` of as many marks as there are values. */
export function marksFor({ counted }: ListValue, mark: string, quote: string): string {
  const marks = mark.length === 1 ? `${quote}${mark}${quote}` : `[${quote}${mark}${quote}]`;
  return `${quote}, ${quote}.join(${marks} * len(${counted}))`;
}

function joined(node: Expression): { value: Expression; separator: string } | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr.id !== 'join')
    return undefined;
  const separator = constantText(node.func.value);
  const [items, ...others] = node.args;
  const isPlain = items?.star === '' && items.name === undefined && others.length === 0;
  return isPlain && separator !== undefined ? { value: items.value, separator } : undefined;
}

interface Items {
  readonly node: Expression;
  readonly counted: string;
  readonly values: string;
}

function itemsOf(
  items: Expression,
  sourceOf: (node: Expression) => string,
  scope: ListScope,
): Items | undefined {
  if (items.kind === 'Comprehension') return comprehended(items, sourceOf, scope);
  const mapped = items.kind === 'Call' && items.func.kind === 'Name' && items.func.id === 'map';
  const [fn, source] = mapped ? items.args.map(({ value }) => value) : [undefined, items];
  if (source === undefined || !isRepeatable(source, scope)) return undefined;
  const counted = sourceOf(source);
  const isText = fn === undefined || (fn.kind === 'Name' && /^(?:str|repr)$/.test(fn.id));
  return { node: source, counted, values: isText ? counted : `map(${sourceOf(fn)}, ${counted})` };
}

function comprehended(
  node: Comprehension,
  sourceOf: (node: Expression) => string,
  scope: ListScope,
): Items | undefined {
  const [clause, ...others] = node.clauses;
  if (
    clause === undefined ||
    clause.kind !== 'for' ||
    clause.isAsync ||
    others.length > 0 ||
    node.form === 'dict'
  )
    return undefined;
  const { target, iter } = clause;
  if (target.kind !== 'Name' || !isRepeatable(iter, scope) || node.form === 'set') return undefined;
  const counted = sourceOf(iter);
  const value = unquoted(node.element);
  if (value === undefined) return undefined;
  const isItem = value.kind === 'Name' && value.id === target.id;
  const values = isItem ? counted : `[${sourceOf(value)} for ${target.id} in ${counted}]`;
  return { node: iter, counted, values };
}

/** The value of an element that was put in quotes or made a text of: `f"'{n}'"`, `"'" + n + "'"`, `str(n)`. */
function unquoted(node: Expression): Expression | undefined {
  const inner = callOf(node, 'str') ?? callOf(node, 'repr');
  if (inner !== undefined) return inner;
  if (node.kind === 'String') {
    const pieces = node.tokens.flatMap((token) => token.pieces);
    const holes = pieces.flatMap((piece) => (piece.kind === 'Hole' ? [piece] : []));
    const texts = pieces.flatMap((piece) => (piece.kind === 'Text' ? [piece.value] : []));
    const [hole] = holes;
    const isPlain = hole?.spec === undefined && hole?.isDebug !== true;
    return holes.length === 1 && isPlain && isQuotes(texts) ? hole?.expression : undefined;
  }
  if (node.kind === 'Binary' && node.op === '%')
    return node.right.kind !== 'Tuple' && /^(['"]?)%[srd]\1$/.test(constantText(node.left) ?? '')
      ? node.right
      : undefined;
  if (node.kind === 'Binary') {
    const left = node.left.kind === 'Binary' ? node.left : undefined;
    const quotes = [left && constantText(left.left), constantText(node.right)];
    return left?.op === '+' && node.op === '+' && isQuotes(quotes.map((one) => one ?? 'x'))
      ? left.right
      : undefined;
  }
  if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr.id === 'format') {
    const [argument, ...others] = node.args;
    const isPlain = /^(['"]?)\{0?\}\1$/.test(constantText(node.func.value) ?? '');
    return isPlain && others.length === 0 && argument?.star === '' ? argument.value : undefined;
  }
  return node;
}

function isQuotes(texts: readonly string[]): boolean {
  return texts.length === 0 || (texts.length === 2 && /^['"]$/.test(texts[0] ?? '') && texts[0] === texts[1]);
}

function callOf(node: Expression, name: string): Expression | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Name' || node.func.id !== name) return undefined;
  const [argument, ...others] = node.args;
  return argument?.star === '' && others.length === 0 ? argument.value : undefined;
}

/** Reading it twice gives the same, and it has a length. */
function isRepeatable(node: Expression, scope: ListScope): boolean {
  switch (node.kind) {
    case 'Name': {
      const made = scope.assignedOnce(node);
      if (made.kind === 'Comprehension') return made.form === 'list';
      const isLazy =
        made.kind === 'Call' && made.func.kind === 'Name' && /^(?:map|filter|zip|iter)$/.test(made.func.id);
      return !isLazy && (made !== node || nBindings(node.id, scope) === 0);
    }
    case 'Attribute':
      return isRepeatable(node.value, scope);
    case 'Subscript':
      return isRepeatable(node.value, scope) && constantText(node.index) !== undefined;
    case 'Call':
      return (
        node.func.kind === 'Attribute' &&
        /^(?:getlist|split)$/.test(node.func.attr.id) &&
        node.args.every(({ value }) => constantText(value) !== undefined) &&
        isRepeatable(node.func.value, scope)
      );
    default:
      return false;
  }
}

function nBindings(name: string, { statements }: ListScope): number {
  return statements
    .flatMap((one) => walk(one))
    .filter((node) => {
      if (node.kind === 'Assign')
        return node.targets.some((target) => target.kind === 'Name' && target.id === name);
      const target =
        node.kind === 'AnnotatedAssign' ||
        node.kind === 'AugmentedAssign' ||
        node.kind === 'For' ||
        node.kind === 'Named'
          ? node.target
          : undefined;
      return target?.kind === 'Name' && target.id === name;
    }).length;
}

/** A variable that is assigned, and read in the query: nobody else wants the text. */
function isUsedOnce(node: Expression, { statements }: ListScope): boolean {
  if (node.kind !== 'Name') return false;
  const uses = statements
    .flatMap((one) => walk(one))
    .filter((one) => one.kind === 'Name' && one.id === node.id);
  return uses.length === 2;
}

export function refuseList(): never {
  return refuse('the value is a list of values; a placeholder stands for one value only');
}
