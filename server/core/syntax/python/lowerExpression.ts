/** Turns the parser's expressions into Moat's. Left-deep chains (`a + b + …`, `a.b().c()…`) are lowered in a loop,
 *  so that 10,000 terms need no deep stack. Total: what it does not know becomes an `ErrorExpression`. */
import type {
  Argument,
  BinaryOperator,
  Comparison,
  ComparisonOperator,
  Comprehension,
  ComprehensionClause,
  Dict,
  DictEntry,
  ErrorExpression,
  Expression,
  Identifier,
  Name,
  Parameter,
  Slice,
  Starred,
  Subscript,
  Tuple,
} from './ast';
import type {
  PyArgument,
  PyBinary,
  PyCall,
  PyComprehension,
  PyDict,
  PyErrorNode,
  PyIndex,
  PyMember,
  PyNode,
  PyParameter,
  PySlice,
  PyTuple,
} from './pyright';
import { KEYWORD_CONSTANTS, N } from './pyrightKinds';
import {
  afterChar,
  endOf,
  exactly,
  innerEnd,
  innerStart,
  mapped,
  pyRange,
  type Source,
  skipTrivia,
  toIdentifier,
} from './source';
import { lowerString } from './strings';

const STARS = ['', '*', '**'] as const;

export const BINARY_OPERATORS: Readonly<Record<number, BinaryOperator>> = {
  0: '+',
  3: '&',
  6: '|',
  8: '^',
  10: '/',
  13: '//',
  17: '<<',
  22: '@',
  24: '%',
  26: '*',
  29: '**',
  31: '>>',
  33: '-',
};
const COMPARISONS: Readonly<Record<number, ComparisonOperator>> = {
  12: '==',
  15: '>',
  16: '>=',
  19: '!=',
  20: '<',
  21: '<=',
  28: '!=',
  39: 'is',
  40: 'is not',
  41: 'in',
  42: 'not in',
};
const BOOLEANS: Readonly<Record<number, 'and' | 'or'>> = { 36: 'and', 37: 'or' };
const UNARIES: Readonly<Record<number, 'not' | '-' | '+' | '~'>> = { 0: '+', 5: '~', 33: '-', 38: 'not' };

type Link = PyCall | PyIndex | PyMember | PyBinary;

export function lowerExpression(source: Source, node: PyNode): Expression {
  let current = node;
  const links: Link[] = [];
  while (isLink(current)) {
    links.push(current);
    current = current.d.leftExpr;
  }
  let result = lowerOther(source, current);
  for (let i = links.length - 1; i >= 0; i--) result = lowerLink(source, links[i] as Link, result);
  return result;
}

function isLink(node: PyNode): node is Link {
  const type = node.nodeType;
  if (type === N.Call || type === N.Index || type === N.Member) return true;
  return type === N.Binary && BINARY_OPERATORS[node.d.operator] !== undefined;
}

function lowerLink(source: Source, node: Link, left: Expression): Expression {
  const start = innerStart(node);
  const end = innerEnd(node);
  switch (node.nodeType) {
    case N.Member:
      return { kind: 'Attribute', start, end, value: left, attr: toIdentifier(node.d.member) };
    case N.Call: {
      const open = skipTrivia(source.text, endOf(node.d.leftExpr));
      const args = mapped(node.d.args, (arg) => lowerArgument(source, arg));
      return { kind: 'Call', start, end, func: left, args, argsRange: { start: Math.min(open, end), end } };
    }
    case N.Index:
      return lowerSubscript(source, node, left);
    case N.Binary: {
      const op = BINARY_OPERATORS[node.d.operator] ?? '+';
      return { kind: 'Binary', start, end, op, left, right: lowerExpression(source, node.d.rightExpr) };
    }
  }
}

function lowerOther(source: Source, node: PyNode): Expression {
  const start = innerStart(node);
  const end = innerEnd(node);
  switch (node.nodeType) {
    case N.Name:
      return { kind: 'Name', id: node.d.value, start, end };
    case N.StringList:
      return lowerString(source, node);
    case N.Number:
      return { kind: 'Number', value: node.d.value, isImaginary: node.d.isImaginary, start, end };
    case N.Constant: {
      const value = KEYWORD_CONSTANTS[node.d.constType];
      return value ? { kind: 'Constant', value, start, end } : { kind: 'Name', id: '__debug__', start, end };
    }
    case N.Ellipsis:
      return { kind: 'Constant', value: '...', start, end };
    case N.Binary:
      return BOOLEANS[node.d.operator] ? lowerBoolean(source, node) : lowerComparison(source, node);
    case N.Unary:
      return {
        kind: 'Unary',
        op: UNARIES[node.d.operator] ?? '-',
        operand: lowerExpression(source, node.d.expr),
        start,
        end,
      };
    case N.Ternary:
      return {
        kind: 'Conditional',
        test: lowerExpression(source, node.d.testExpr),
        body: lowerExpression(source, node.d.ifExpr),
        orelse: lowerExpression(source, node.d.elseExpr),
        start,
        end,
      };
    case N.Lambda: {
      const params = lowerParameters(source, node.d.params);
      return { kind: 'Lambda', params, body: lowerExpression(source, node.d.expr), start, end };
    }
    case N.Await:
      return { kind: 'Await', value: lowerExpression(source, node.d.expr), start, end };
    case N.Yield: {
      const value = node.d.expr && lowerExpression(source, node.d.expr);
      return { kind: 'Yield', isFrom: false, start, end, ...(value && { value }) };
    }
    case N.YieldFrom:
      return { kind: 'Yield', isFrom: true, value: lowerExpression(source, node.d.expr), start, end };
    case N.Unpack:
      return { kind: 'Starred', value: lowerExpression(source, node.d.expr), start, end };
    case N.Walrus: {
      const target: Name = { kind: 'Name', id: node.d.name.d.value, ...pyRange(node.d.name) };
      return { kind: 'Named', target, value: lowerExpression(source, node.d.rightExpr), start, end };
    }
    default:
      return lowerDisplay(source, node);
  }
}

function lowerDisplay(source: Source, node: PyNode): Expression {
  const start = innerStart(node);
  const end = innerEnd(node);
  switch (node.nodeType) {
    case N.Tuple:
      return lowerTuple(source, node);
    case N.List:
    case N.Set: {
      const [only] = node.d.items;
      if (only?.nodeType === N.Comprehension && node.d.items.length === 1 && !only.d.hasParens) {
        return lowerComprehension(source, only, node.nodeType === N.List ? 'list' : 'set', { start, end });
      }
      const kind = node.nodeType === N.List ? 'List' : 'Set';
      return { kind, elements: mapped(node.d.items, (item) => lowerExpression(source, item)), start, end };
    }
    case N.Dict:
      return lowerDict(source, node);
    case N.Comprehension:
      return lowerComprehension(source, node, 'generator', { start, end });
    case N.Slice:
      return lowerSlice(source, node);
    case N.TypeAnnotation:
      return error(start, end, [
        lowerExpression(source, node.d.valueExpr),
        lowerExpression(source, node.d.annotation),
      ]);
    case N.Error:
      return lowerError(source, node);
    default:
      return error(start, end, []);
  }
}

export function lowerError(source: Source, node: PyErrorNode): ErrorExpression {
  const { child, decorators = [] } = node.d;
  const parts = decorators.map((decorator) => decorator.d.expr);
  if (child) parts.push(child);
  return error(
    node.start,
    endOf(node),
    parts.map((part) => lowerExpression(source, part)),
  );
}

function error(start: number, end: number, children: readonly Expression[]): ErrorExpression {
  return { kind: 'ErrorExpression', start, end, children };
}

/** `a or b or c` comes left-deep; parentheses keep their own node. */
function lowerBoolean(source: Source, node: PyBinary): Expression {
  const op = BOOLEANS[node.d.operator] ?? 'and';
  const operands: PyNode[] = [node.d.rightExpr];
  let left = node.d.leftExpr;
  while (left.nodeType === N.Binary && left.d.operator === node.d.operator && !left.d.hasParens) {
    operands.push(left.d.rightExpr);
    left = left.d.leftExpr;
  }
  operands.push(left);
  const values = operands.reverse().map((operand) => lowerExpression(source, operand));
  return { kind: 'Boolean', op, values, start: innerStart(node), end: innerEnd(node) };
}

/** `a < b < c` comes right-deep. */
function lowerComparison(source: Source, node: PyBinary): Comparison {
  const ops: ComparisonOperator[] = [];
  const comparators: Expression[] = [];
  let current: PyBinary = node;
  for (;;) {
    ops.push(COMPARISONS[current.d.operator] ?? '==');
    const right = current.d.rightExpr;
    if (right.nodeType === N.Binary && COMPARISONS[right.d.operator] && !right.d.hasParens) {
      comparators.push(lowerExpression(source, right.d.leftExpr));
      current = right;
      continue;
    }
    comparators.push(lowerExpression(source, right));
    const left = lowerExpression(source, node.d.leftExpr);
    return {
      kind: 'Comparison',
      left,
      ops: exactly(ops),
      comparators: exactly(comparators),
      start: innerStart(node),
      end: innerEnd(node),
    };
  }
}

function lowerTuple(source: Source, node: PyTuple): Tuple {
  const elements = mapped(node.d.items, (item) => lowerExpression(source, item));
  const isParenthesized = node.d.hasParens;
  return { kind: 'Tuple', elements, isParenthesized, start: innerStart(node), end: innerEnd(node) };
}

function lowerDict(source: Source, node: PyDict): Dict | Comprehension {
  const start = innerStart(node);
  const end = innerEnd(node);
  const [only] = node.d.items;
  if (only?.nodeType === N.Comprehension && node.d.items.length === 1) {
    return lowerComprehension(source, only, 'dict', { start, end });
  }
  return { kind: 'Dict', entries: mapped(node.d.items, (item) => lowerEntry(source, item)), start, end };
}

function lowerEntry(source: Source, node: PyNode): DictEntry {
  if (node.nodeType === N.DictKey) {
    return { key: lowerExpression(source, node.d.keyExpr), value: lowerExpression(source, node.d.valueExpr) };
  }
  return { value: lowerExpression(source, node.nodeType === N.DictExpand ? node.d.expr : node) };
}

function lowerComprehension(
  source: Source,
  node: PyComprehension,
  form: Comprehension['form'],
  range: { readonly start: number; readonly end: number },
): Comprehension {
  const { expr } = node.d;
  const clauses = mapped(node.d.forIfNodes, (clause): ComprehensionClause => {
    if (clause.nodeType === N.CompIf) return { kind: 'if', test: lowerExpression(source, clause.d.testExpr) };
    return {
      kind: 'for',
      isAsync: clause.d.isAsync === true,
      target: lowerExpression(source, clause.d.targetExpr),
      iter: lowerExpression(source, clause.d.iterableExpr),
    };
  });
  if (expr.nodeType === N.DictKey) {
    const element = lowerExpression(source, expr.d.keyExpr);
    const value = lowerExpression(source, expr.d.valueExpr);
    return { kind: 'Comprehension', form, element, value, clauses, ...range };
  }
  const element = expr.nodeType === N.DictExpand ? expr.d.expr : expr;
  return { kind: 'Comprehension', form, element: lowerExpression(source, element), clauses, ...range };
}

export function lowerArgument(source: Source, node: PyArgument): Argument {
  const { start } = node;
  const end = start + node.length;
  const value = lowerExpression(source, node.d.valueExpr);
  const star = STARS[node.d.argCategory];
  if (!node.d.name) return { star, value, start, end };
  return { star, name: toIdentifier(node.d.name), value, start, end };
}

function lowerSubscript(source: Source, node: PyIndex, value: Expression): Subscript {
  const { items } = node.d;
  const elements = items.map((item): Expression => {
    const element = lowerExpression(source, item.d.valueExpr);
    if (item.d.argCategory === 0) return element;
    return { kind: 'Starred', value: element, ...pyRange(item) } satisfies Starred;
  });
  const start = innerStart(node);
  const end = innerEnd(node);
  const [first] = elements;
  // A lone `*x` is a tuple of one element.
  if (first && elements.length === 1 && !node.d.trailingComma && first.kind !== 'Starred') {
    return { kind: 'Subscript', value, index: first, start, end };
  }
  // Arguments keep the parentheses around an element that its own range leaves out.
  const from = items[0]?.start ?? end;
  let to = Math.max(items.at(-1) ? endOf(items.at(-1) as PyArgument) : from, elements.at(-1)?.end ?? from);
  if (node.d.trailingComma) to = afterChar(source.text, to, ',');
  const index: Tuple = { kind: 'Tuple', elements, isParenthesized: false, start: from, end: to };
  return { kind: 'Subscript', value, index, start, end };
}

function lowerSlice(source: Source, node: PySlice): Slice {
  const { startValue, endValue, stepValue } = node.d;
  return {
    kind: 'Slice',
    ...pyRange(node),
    ...(startValue && { lower: lowerExpression(source, startValue) }),
    ...(endValue && { upper: lowerExpression(source, endValue) }),
    ...(stepValue && { step: lowerExpression(source, stepValue) }),
  };
}

/** Leaves the markers `/` and `*` out; they show in `form`. */
export function lowerParameters(source: Source, nodes: readonly PyParameter[]): readonly Parameter[] {
  const slash = nodes.findIndex((node) => !node.d.name && source.text[node.start] === '/');
  let isKeywordOnly = false;
  const params: Parameter[] = [];
  nodes.forEach((node, i) => {
    const { category, name, annotation, defaultValue } = node.d;
    if (name || !isMarker(source, node)) {
      const plain = i < slash ? 'positional' : isKeywordOnly ? 'keyword' : 'either';
      params.push({
        star: STARS[category],
        name: name ? toIdentifier(name) : missingName(endOf(node)),
        form: category === 0 ? plain : category === 1 ? 'positional' : 'keyword',
        start: node.start,
        end: endOf(node),
        ...(annotation && { annotation: lowerExpression(source, annotation) }),
        ...(defaultValue && { default: lowerExpression(source, defaultValue) }),
      });
    }
    if (category === 1) isKeywordOnly = true;
  });
  return exactly(params);
}

function isMarker(source: Source, node: PyParameter): boolean {
  const char = source.text[node.start];
  return (char === '/' || char === '*') && node.length === 1;
}

function missingName(offset: number): Identifier {
  return { id: '', start: offset, end: offset };
}
