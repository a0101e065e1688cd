/** Jinja expressions by precedence climbing, with the grammar of Jinja 3.1.
 *  Total: what is missing becomes an `Error` node and a problem. A tree is never much higher than MAX_HEIGHT,
 *  so that nobody who walks one recursively runs out of stack. Grouping parentheses are not part of a node's
 *  own range, but of the range of the node around it. */
import type { Range } from '../../base/range';
import type { JinjaArgument, JinjaError, JinjaExpression, JinjaOperator } from './ast';
import { parseArguments, parsePrimary, parseSubscript, shownToken } from './operands';
import { LOWEST_PRECEDENCE, NOT_PRECEDENCE, PRECEDENCE } from './operators';
import type { TokenStream } from './tokenStream';
import { numberValue } from './tokens';

/** Levels of nesting that no real template reaches. */
const MAX_HEIGHT = 200;

/** Names that cannot be a test's argument without parentheses: `x is defined and y`. */
const NOT_A_TEST_ARGUMENT = new Set(['else', 'or', 'and', 'if', 'in', 'not', 'is', 'recursive']);

export class ExpressionParser {
  readonly stream: TokenStream;
  /** Height of the tree that was returned last. */
  height = 0;
  #depth = 0;
  /** Place of the last missing operand. */
  #reach = 0;

  constructor(stream: TokenStream) {
    this.stream = stream;
  }

  /** One expression; `withCondition` is false where a bare `if` belongs to the statement (`for x in y if z`). */
  parseExpression(withCondition = true): JinjaExpression {
    if (this.#depth >= MAX_HEIGHT) return this.#tooDeep();
    this.#depth++;
    const start = this.stream.offset;
    let body = this.#binary(LOWEST_PRECEDENCE);
    while (withCondition && this.stream.takeName('if')) {
      let height = this.height;
      const test = this.#binary(LOWEST_PRECEDENCE);
      height = Math.max(height, this.height);
      const orelse = this.stream.takeName('else') ? this.parseExpression() : undefined;
      if (!this.#grow(Math.max(height, this.height))) body = this.#tooDeep();
      else body = { kind: 'Conditional', test, body, ...(orelse && { orelse }), ...this.from(start) };
    }
    this.#depth--;
    return body;
  }

  /** An expression, or a tuple without parentheses. */
  parseTuple(withCondition = true): JinjaExpression {
    return this.#tupleOf(() => this.parseExpression(withCondition));
  }

  /** What `for` and `set` write to: a name, `namespace.name`, or several. */
  parseTarget(): JinjaExpression {
    return this.#tupleOf(() => this.parseSingleTarget());
  }

  parseSingleTarget(): JinjaExpression {
    return this.#unary(false);
  }

  /** `name(args)|name`: the chain of a filter block, whose input is the block's body. */
  parseFilterChain(): JinjaExpression {
    return this.#filters(undefined, this.stream.offset);
  }

  /** `found`, or an error that holds it and what the tag still has left. */
  parseLeftovers(found: JinjaExpression): JinjaExpression {
    if (this.stream.isAtEnd) return found;
    this.stream.problem(`Unexpected '${shownToken(this.stream.current)}'`);
    const children = [found, ...this.parseLoosely()];
    return { kind: 'Error', children, ...this.from(found.start) };
  }

  /** Every expression in what is left of the tag, whatever stands between them; reports no problems. */
  parseLoosely(): readonly JinjaExpression[] {
    const found: JinjaExpression[] = [];
    this.stream.quietly(() => {
      while (!this.stream.isAtEnd) {
        if (this.startsOperand()) found.push(this.parseExpression());
        else this.stream.advance();
      }
    });
    return found;
  }

  /** True if the token at the cursor can begin an expression. */
  startsOperand(): boolean {
    const token = this.stream.current;
    if (token === undefined) return false;
    return token.type === 'operator' ? '([{-+'.includes(token.value) : token.type !== 'bad';
  }

  missing(what: string): JinjaError {
    this.stream.problem(`Expected ${what}`);
    this.height = 1;
    const offset = this.stream.offset;
    this.#reach = offset;
    return { kind: 'Error', children: [], start: offset, end: offset };
  }

  /** From `start` to the end of the last token taken, or to where an operand was missed. */
  from(start: number): Range {
    return { start, end: Math.max(start, this.stream.previousEnd, this.#reach) };
  }

  #tupleOf(element: () => JinjaExpression): JinjaExpression {
    const start = this.stream.offset;
    const first = element();
    if (!this.stream.isOperator(',')) return first;
    const elements = [first];
    let height = this.height;
    while (this.stream.takeOperator(',') && this.startsOperand() && !this.stream.isName('in')) {
      elements.push(element());
      height = Math.max(height, this.height);
    }
    this.height = height + 1;
    return { kind: 'Tuple', elements, ...this.from(start) };
  }

  #binary(minimum: number): JinjaExpression {
    const start = this.stream.offset;
    let left = this.stream.isName('not') ? this.#not(start) : this.#unary(true);
    for (;;) {
      const op = this.#operator();
      const precedence = op === undefined ? 0 : (PRECEDENCE.get(op) ?? 0);
      if (op === undefined || precedence < minimum) return left;
      const height = this.height;
      this.stream.advance();
      if (op === 'not in') this.stream.advance();
      const right = this.#binary(precedence + 1);
      if (!this.#grow(Math.max(height, this.height))) return this.#tooDeep();
      left = { kind: 'Binary', op, left, right, ...this.from(start) };
    }
  }

  #operator(): JinjaOperator | undefined {
    const token = this.stream.current;
    if (token === undefined || (token.type !== 'operator' && token.type !== 'name')) return undefined;
    if (token.value === 'not') return this.stream.peek(1)?.value === 'in' ? 'not in' : undefined;
    return PRECEDENCE.has(token.value) ? (token.value as JinjaOperator) : undefined;
  }

  #not(start: number): JinjaExpression {
    this.stream.advance();
    const operand = this.#nested(() => this.#binary(NOT_PRECEDENCE));
    return { kind: 'Unary', op: 'not', operand, ...this.from(start) };
  }

  #unary(withFilter: boolean): JinjaExpression {
    const start = this.stream.offset;
    const op = this.stream.isOperator('-') ? '-' : this.stream.isOperator('+') ? '+' : undefined;
    let node: JinjaExpression;
    if (op === undefined) node = parsePrimary(this);
    else {
      this.stream.advance();
      const operand = this.#nested(() => this.#unary(false));
      node = { kind: 'Unary', op, operand, ...this.from(start) };
    }
    node = this.#postfix(node, start);
    return withFilter ? this.#filters(node, start) : node;
  }

  /** Reads the operand of a prefix operator, one level deeper. */
  #nested(read: () => JinjaExpression): JinjaExpression {
    if (this.#depth >= MAX_HEIGHT) return this.#tooDeep();
    this.#depth++;
    const operand = read();
    this.#depth--;
    return this.#grow(this.height) ? operand : this.#tooDeep();
  }

  /** `.name`, `[index]` and `(args)` behind a primary. */
  #postfix(first: JinjaExpression, start: number): JinjaExpression {
    let node = first;
    for (;;) {
      const height = this.height;
      let next: JinjaExpression;
      if (this.stream.isOperator('.')) next = this.#attribute(node, start);
      else if (this.stream.isOperator('(')) next = this.#call(node, start);
      else if (this.stream.takeOperator('[')) {
        const index = parseSubscript(this);
        this.stream.expectOperator(']');
        next = { kind: 'Item', object: node, index, ...this.from(start) };
      } else return node;
      if (!this.#grow(Math.max(height, this.height))) return this.#tooDeep();
      node = next;
    }
  }

  /** `.name`, or `.0` for an index. */
  #attribute(object: JinjaExpression, start: number): JinjaExpression {
    this.stream.advance();
    const token = this.stream.current;
    if (token?.type === 'number') {
      this.stream.advance();
      const index = {
        kind: 'Literal',
        value: numberValue(token.value),
        start: token.start,
        end: token.end,
      } as const;
      return { kind: 'Item', object, index, ...this.from(start) };
    }
    const name = this.stream.expectName('an attribute');
    if (name === undefined) return { kind: 'Error', children: [object], ...this.from(start) };
    const nameRange = { start: name.start, end: name.end };
    return { kind: 'Attribute', object, name: name.value, nameRange, ...this.from(start) };
  }

  #call(func: JinjaExpression, start: number): JinjaExpression {
    const args = parseArguments(this);
    return { kind: 'Call', func, args, ...this.from(start) };
  }

  /** `|filter`, `is test` and calls behind them. Without `input` the first filter has no pipe. */
  #filters(input: JinjaExpression | undefined, start: number): JinjaExpression {
    let node = input ?? this.#filter(undefined, start, start);
    for (;;) {
      const height = this.height;
      const pipeOffset = this.stream.offset;
      let next: JinjaExpression;
      if (this.stream.takeOperator('|')) next = this.#filter(node, start, pipeOffset);
      else if (this.stream.takeName('is')) next = this.#test(node, start);
      else if (this.stream.isOperator('(')) next = this.#call(node, start);
      else return node;
      if (!this.#grow(Math.max(height, this.height))) return this.#tooDeep();
      node = next;
    }
  }

  #filter(input: JinjaExpression | undefined, start: number, pipeOffset: number): JinjaExpression {
    const name = this.#dottedName('a filter');
    if (name === undefined)
      return { kind: 'Error', children: input === undefined ? [] : [input], ...this.from(start) };
    const args = this.#optionalArguments();
    const nameRange = { start: name.start, end: name.end };
    return {
      kind: 'Filter',
      ...(input && { input }),
      name: name.name,
      nameRange,
      pipeOffset,
      args,
      ...this.from(start),
    };
  }

  #test(input: JinjaExpression, start: number): JinjaExpression {
    const isNegated = this.stream.takeName('not');
    const name = this.#dottedName('a test');
    if (name === undefined) return { kind: 'Error', children: [input], ...this.from(start) };
    const args = this.#startsTestArgument() ? [this.#testArgument()] : this.#optionalArguments();
    return { kind: 'Test', input, name: name.name, isNegated, args, ...this.from(start) };
  }

  #testArgument(): JinjaArgument {
    const start = this.stream.offset;
    const value = this.#postfix(parsePrimary(this), start);
    return { star: '', value, ...this.from(start) };
  }

  #startsTestArgument(): boolean {
    const token = this.stream.current;
    if (token === undefined || token.type === 'bad') return false;
    if (token.type === 'name') return !NOT_A_TEST_ARGUMENT.has(token.value);
    return token.type !== 'operator' || token.value === '[' || token.value === '{';
  }

  #optionalArguments(): readonly JinjaArgument[] {
    if (this.stream.isOperator('(')) return parseArguments(this);
    this.height = 0;
    return [];
  }

  #dottedName(what: string): (Range & { name: string }) | undefined {
    const first = this.stream.expectName(what);
    if (first === undefined) return undefined;
    let name = first.value;
    while (this.stream.isOperator('.') && this.stream.peek(1)?.type === 'name') {
      this.stream.advance();
      name += `.${this.stream.advance()?.value ?? ''}`;
    }
    return { name, start: first.start, end: this.stream.previousEnd };
  }

  /** Notes one more level above trees of `height`; false when that is too much. */
  #grow(height: number): boolean {
    this.height = height + 1;
    return height < MAX_HEIGHT;
  }

  /** Gives the rest of the tag up. */
  #tooDeep(): JinjaError {
    this.stream.problem('This expression is nested too deeply');
    this.stream.skipToEnd();
    this.height = 1;
    const offset = this.stream.previousEnd;
    return { kind: 'Error', children: [], start: offset, end: offset };
  }
}
