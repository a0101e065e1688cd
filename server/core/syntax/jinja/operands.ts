/** The parts of an expression that stand between operators: literals, groups, collections, subscripts and
 *  argument lists. They call back into the parser for what they hold and keep its height up to date. */
import type { JinjaArgument, JinjaExpression, MacroParameter } from './ast';
import type { ExpressionParser } from './expression';
import { numberValue, stringValue, type Token } from './tokens';

const CONSTANTS: ReadonlyMap<string, boolean | null> = new Map([
  ['true', true],
  ['True', true],
  ['false', false],
  ['False', false],
  ['none', null],
  ['None', null],
]);

export function parsePrimary(parser: ExpressionParser): JinjaExpression {
  const { stream } = parser;
  const token = stream.current;
  parser.height = 1;
  if (token === undefined) return parser.missing('an expression');
  const { start, end } = token;
  switch (token.type) {
    case 'name': {
      stream.advance();
      const constant = CONSTANTS.get(token.value);
      if (constant !== undefined) return { kind: 'Literal', value: constant, start, end };
      return { kind: 'Name', name: token.value, start, end };
    }
    case 'number':
      stream.advance();
      return { kind: 'Literal', value: numberValue(token.value), start, end };
    case 'string':
      return parseString(parser, start);
    case 'operator':
      if (token.value === '(') return parseGroup(parser, start);
      if (token.value === '[') return parseList(parser, start);
      if (token.value === '{') return parseDict(parser, start);
      return parser.missing('an expression');
    case 'bad':
      stream.advance();
      stream.problem(`Unexpected '${shownToken(token)}'`, token);
      return { kind: 'Error', children: [], start, end };
  }
}

/** `(a, b=1, *c, **d)`; the cursor is on the `(`. */
export function parseArguments(parser: ExpressionParser): readonly JinjaArgument[] {
  const { stream } = parser;
  const args: JinjaArgument[] = [];
  let height = 0;
  stream.advance();
  while (!stream.isAtEnd && !stream.isOperator(')')) {
    const start = stream.offset;
    const star = stream.takeOperator('**') ? '**' : stream.takeOperator('*') ? '*' : '';
    const isNamed = star === '' && stream.current?.type === 'name' && stream.peek(1)?.value === '=';
    const name = isNamed ? stream.advance()?.value : undefined;
    if (isNamed) stream.advance();
    const value = parser.parseExpression();
    height = Math.max(height, parser.height);
    args.push({ star, ...(name !== undefined && { name }), value, ...parser.from(start) });
    if (!stream.takeOperator(',')) break;
  }
  stream.expectOperator(')');
  parser.height = height;
  return args;
}

/** `(a, b=1)` of a macro or a call block. */
export function parseParameters(parser: ExpressionParser): readonly MacroParameter[] {
  const { stream } = parser;
  const params: MacroParameter[] = [];
  if (!stream.expectOperator('(')) return params;
  while (!stream.isAtEnd && !stream.isOperator(')')) {
    const name = stream.expectName('a parameter');
    if (name === undefined) break;
    const value = stream.takeOperator('=') ? parser.parseExpression() : undefined;
    params.push({ name: name.value, ...(value && { default: value }), ...parser.from(name.start) });
    if (!stream.takeOperator(',')) break;
  }
  stream.expectOperator(')');
  return params;
}

/** What stands between `[` and `]`: an index, a slice or several of them. The cursor is behind the `[`. */
export function parseSubscript(parser: ExpressionParser): JinjaExpression {
  const { stream } = parser;
  const start = stream.offset;
  if (stream.isOperator(']') || stream.isAtEnd) return parser.missing('an index');
  const first = parseIndex(parser);
  if (!stream.isOperator(',')) return first;
  const elements = [first];
  let height = parser.height;
  while (stream.takeOperator(',') && parser.startsOperand()) {
    elements.push(parseIndex(parser));
    height = Math.max(height, parser.height);
  }
  parser.height = height + 1;
  return { kind: 'Tuple', elements, ...parser.from(start) };
}

export function shownToken(token: Token | undefined): string {
  const value = token?.value ?? '';
  return value.length > 20 ? `${value.slice(0, 20)}…` : value;
}

function parseIndex(parser: ExpressionParser): JinjaExpression {
  const { stream } = parser;
  const start = stream.offset;
  let height = 0;
  const part = (): JinjaExpression | undefined => {
    if (stream.isAtEnd || stream.isOperator(':') || stream.isOperator(']') || stream.isOperator(','))
      return undefined;
    const value = parser.parseExpression();
    height = Math.max(height, parser.height);
    return value;
  };
  const lower = part();
  if (!stream.takeOperator(':')) {
    parser.height = height;
    return lower ?? parser.missing('an index');
  }
  const upper = part();
  const step = stream.takeOperator(':') ? part() : undefined;
  parser.height = height + 1;
  const parts = { ...(lower && { lower }), ...(upper && { upper }), ...(step && { step }) };
  return { kind: 'Slice', ...parts, ...parser.from(start) };
}

/** Adjacent literals are one string, as in Python. */
function parseString(parser: ExpressionParser, start: number): JinjaExpression {
  let value = '';
  while (parser.stream.current?.type === 'string') value += stringValue(parser.stream.advance()?.value ?? '');
  return { kind: 'Literal', value, ...parser.from(start) };
}

/** `(a)` groups and leaves no trace; `()`, `(a,)` and `(a, b)` are tuples that own their parentheses. */
function parseGroup(parser: ExpressionParser, start: number): JinjaExpression {
  const { stream } = parser;
  stream.advance();
  const elements: JinjaExpression[] = [];
  const isTuple = parseElements(parser, ')', elements);
  stream.expectOperator(')');
  const [first] = elements;
  if (first !== undefined && !isTuple) return first;
  parser.height++;
  return { kind: 'Tuple', elements, ...parser.from(start) };
}

function parseList(parser: ExpressionParser, start: number): JinjaExpression {
  parser.stream.advance();
  const elements: JinjaExpression[] = [];
  parseElements(parser, ']', elements);
  parser.stream.expectOperator(']');
  parser.height++;
  return { kind: 'List', elements, ...parser.from(start) };
}

/** Fills `elements`; true if there was a comma (or nothing at all). */
function parseElements(parser: ExpressionParser, closer: string, elements: JinjaExpression[]): boolean {
  const { stream } = parser;
  let height = 0;
  let hasComma = stream.isOperator(closer);
  while (!stream.isAtEnd && !stream.isOperator(closer)) {
    elements.push(parser.parseExpression());
    height = Math.max(height, parser.height);
    if (!stream.takeOperator(',')) break;
    hasComma = true;
  }
  parser.height = height;
  return hasComma;
}

function parseDict(parser: ExpressionParser, start: number): JinjaExpression {
  const { stream } = parser;
  stream.advance();
  const entries: { key: JinjaExpression; value: JinjaExpression }[] = [];
  let height = 0;
  while (!stream.isAtEnd && !stream.isOperator('}')) {
    const key = parser.parseExpression();
    height = Math.max(height, parser.height);
    const value = stream.expectOperator(':') ? parser.parseExpression() : parser.missing('a value');
    height = Math.max(height, parser.height);
    entries.push({ key, value });
    if (!stream.takeOperator(',')) break;
  }
  stream.expectOperator('}');
  parser.height = height + 1;
  return { kind: 'Dict', entries, ...parser.from(start) };
}
