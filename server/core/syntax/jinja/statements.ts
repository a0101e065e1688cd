/** Reads what stands inside one `{% … %}`. Blocks come back open: their bodies are filled by whoever walks the
 *  template, and their `end` is set where they close. */
import type { Range } from '../../base/range';
import type * as ast from './ast';
import type { ExpressionParser } from './expression';
import { parseParameters } from './operands';

export type Draft<T> = { -readonly [K in keyof T]: T[K] };

export type BlockNode =
  | ast.IfNode
  | ast.ForNode
  | ast.BlockNode
  | ast.MacroNode
  | ast.CallNode
  | ast.FilterNode
  | ast.SetBlockNode
  | ast.WithNode
  | ast.AutoescapeNode
  | ast.TransNode;

export type BlockName =
  | 'if'
  | 'for'
  | 'block'
  | 'macro'
  | 'call'
  | 'filter'
  | 'set'
  | 'with'
  | 'autoescape'
  | 'trans';

export type Statement =
  | { readonly kind: 'leaf'; readonly node: ast.TemplateNode }
  | { readonly kind: 'print'; readonly expression: ast.JinjaExpression }
  | {
      readonly kind: 'open';
      readonly name: BlockName;
      readonly node: Draft<BlockNode>;
      readonly body: ast.TemplateNode[];
    };

/** Reads the statement `name`, whose keyword has been taken. `tag` is the range of the whole tag. */
export function parseStatement(name: string, parser: ExpressionParser, tag: Range): Statement {
  const leaf = parseLeaf(name, parser, tag);
  if (leaf !== undefined) return { kind: 'leaf', node: leaf };
  if (name === 'print') return { kind: 'print', expression: parser.parseLeftovers(parser.parseTuple()) };
  const open = parseOpening(name, parser, tag) ?? (name === 'set' ? parseSet(parser, tag) : undefined);
  if (open !== undefined) return open;
  return { kind: 'leaf', node: { kind: 'Unknown', name, expressions: parser.parseLoosely(), ...span(tag) } };
}

/** The condition of `if` and `elif`. */
export function parseCondition(parser: ExpressionParser): ast.JinjaExpression {
  return parser.parseLeftovers(parser.parseTuple());
}

function span(tag: Range): Range {
  return { start: tag.start, end: tag.end };
}

function parseLeaf(name: string, parser: ExpressionParser, tag: Range): ast.TemplateNode | undefined {
  switch (name) {
    case 'extends':
      return { kind: 'Extends', template: parser.parseLeftovers(parser.parseExpression()), ...span(tag) };
    case 'include':
      return parseInclude(parser, tag);
    case 'import':
      return parseImport(parser, tag);
    case 'from':
      return parseFromImport(parser, tag);
    case 'do':
      return { kind: 'Do', expression: parser.parseLeftovers(parser.parseTuple()), ...span(tag) };
    case 'break':
    case 'continue':
    case 'debug':
      return { kind: 'LoopControl', name, ...span(tag) };
    default:
      return undefined;
  }
}

function parseInclude(parser: ExpressionParser, tag: Range): ast.IncludeNode {
  const { stream } = parser;
  const template = parser.parseExpression();
  const ignoreMissing = stream.isName('ignore') && stream.peek(1)?.value === 'missing';
  if (ignoreMissing) {
    stream.advance();
    stream.advance();
  }
  const withContext = parseContext(parser) ?? true;
  reportRest(parser);
  return { kind: 'Include', template, ignoreMissing, withContext, ...span(tag) };
}

function parseImport(parser: ExpressionParser, tag: Range): ast.ImportNode {
  const template = parser.parseExpression();
  if (!parser.stream.takeName('as')) parser.stream.problem(`Expected 'as'`);
  const alias = parser.stream.expectName('a name')?.value ?? '';
  const withContext = parseContext(parser) ?? false;
  reportRest(parser);
  return { kind: 'Import', template, alias, withContext, ...span(tag) };
}

function parseFromImport(parser: ExpressionParser, tag: Range): ast.FromImportNode {
  const { stream } = parser;
  const template = parser.parseExpression();
  if (!stream.takeName('import')) stream.problem(`Expected 'import'`);
  const names: { name: string; alias?: string }[] = [];
  let withContext = parseContext(parser);
  while (withContext === undefined && stream.current?.type === 'name') {
    const name = stream.advance()?.value ?? '';
    const alias = stream.takeName('as') ? stream.expectName('a name')?.value : undefined;
    names.push({ name, ...(alias !== undefined && { alias }) });
    withContext = parseContext(parser);
    if (!stream.takeOperator(',')) break;
    withContext ??= parseContext(parser);
  }
  if (names.length === 0) stream.problem('Expected a name to import');
  reportRest(parser);
  return { kind: 'FromImport', template, names, withContext: withContext ?? false, ...span(tag) };
}

/** `with context` or `without context`, if it stands there. */
function parseContext(parser: ExpressionParser): boolean | undefined {
  const { stream } = parser;
  const word = stream.current?.type === 'name' ? stream.current.value : '';
  if ((word !== 'with' && word !== 'without') || stream.peek(1)?.value !== 'context') return undefined;
  stream.advance();
  stream.advance();
  return word === 'with';
}

export function reportRest(parser: ExpressionParser): void {
  if (!parser.stream.isAtEnd) parser.stream.problem(`Unexpected '${parser.stream.current?.value ?? ''}'`);
}

function parseOpening(name: string, parser: ExpressionParser, tag: Range): Statement | undefined {
  const body: ast.TemplateNode[] = [];
  const base = { ...span(tag), tag: span(tag) };
  switch (name) {
    case 'if': {
      const branches = [{ test: parseCondition(parser), tag: span(tag), body }];
      return { kind: 'open', name, body, node: { kind: 'If', branches, orelse: [], ...base } };
    }
    case 'for':
      return { kind: 'open', name, body, node: parseFor(parser, base, body) };
    case 'block':
      return { kind: 'open', name, body, node: parseBlock(parser, base, body) };
    case 'macro': {
      const macroName = parser.stream.expectName('the name of the macro')?.value ?? '';
      const params = parseParameters(parser);
      reportRest(parser);
      return { kind: 'open', name, body, node: { kind: 'Macro', name: macroName, params, body, ...base } };
    }
    case 'call': {
      const params = parser.stream.isOperator('(') ? parseParameters(parser) : [];
      const call = parser.parseLeftovers(parser.parseExpression());
      return { kind: 'open', name, body, node: { kind: 'CallBlock', params, call, body, ...base } };
    }
    case 'filter': {
      const chain = parser.parseLeftovers(parser.parseFilterChain());
      return { kind: 'open', name, body, node: { kind: 'FilterBlock', chain, body, ...base } };
    }
    case 'with':
      return { kind: 'open', name, body, node: parseWith(parser, base, body) };
    case 'autoescape': {
      const value = parser.parseLeftovers(parser.parseExpression());
      return { kind: 'open', name, body, node: { kind: 'Autoescape', value, body, ...base } };
    }
    case 'trans': {
      const variables = parseTransVariables(parser);
      return { kind: 'open', name, body, node: { kind: 'Trans', variables, body, ...base } };
    }
    default:
      return undefined;
  }
}

interface BlockBase extends Range {
  readonly tag: Range;
}

function parseFor(parser: ExpressionParser, base: BlockBase, body: ast.TemplateNode[]): ast.ForNode {
  const { stream } = parser;
  const target = parser.parseTarget();
  if (!stream.takeName('in')) stream.problem(`Expected 'in'`);
  const iter = parser.parseTuple(false);
  const test = stream.takeName('if') ? parser.parseExpression() : undefined;
  const isRecursive = stream.takeName('recursive');
  reportRest(parser);
  return { kind: 'For', target, iter, ...(test && { test }), isRecursive, body, orelse: [], ...base };
}

function parseBlock(parser: ExpressionParser, base: BlockBase, body: ast.TemplateNode[]): ast.BlockNode {
  const { stream } = parser;
  const name = stream.expectName('the name of the block')?.value ?? '';
  let isScoped = false;
  let isRequired = false;
  for (;;) {
    if (stream.takeName('scoped')) isScoped = true;
    else if (stream.takeName('required')) isRequired = true;
    else break;
  }
  reportRest(parser);
  return { kind: 'Block', name, isScoped, isRequired, body, ...base };
}

function parseSet(parser: ExpressionParser, tag: Range): Statement {
  const { stream } = parser;
  const target = parser.parseTarget();
  if (stream.takeOperator('=')) {
    const value = parser.parseLeftovers(parser.parseTuple());
    return { kind: 'leaf', node: { kind: 'Set', target, value, ...span(tag) } };
  }
  const body: ast.TemplateNode[] = [];
  const chain = stream.takeOperator('|') ? parser.parseLeftovers(parser.parseFilterChain()) : undefined;
  reportRest(parser);
  const base = { ...span(tag), tag: span(tag) };
  const node = { kind: 'SetBlock' as const, target, ...(chain && { chain }), body, ...base };
  return { kind: 'open', name: 'set', body, node };
}

function parseWith(parser: ExpressionParser, base: BlockBase, body: ast.TemplateNode[]): ast.WithNode {
  const { stream } = parser;
  const assignments: { target: ast.JinjaExpression; value: ast.JinjaExpression }[] = [];
  while (!stream.isAtEnd) {
    const target = parser.parseSingleTarget();
    stream.expectOperator('=');
    assignments.push({ target, value: parser.parseExpression() });
    if (!stream.takeOperator(',')) break;
  }
  reportRest(parser);
  return { kind: 'With', assignments, body, ...base };
}

/** `{% trans "context" count=n, user, trimmed %}`; a bare name stands for itself. */
function parseTransVariables(
  parser: ExpressionParser,
): readonly { readonly name: string; readonly value: ast.JinjaExpression }[] {
  const { stream } = parser;
  const variables: { name: string; value: ast.JinjaExpression }[] = [];
  if (stream.current?.type === 'string') stream.advance();
  stream.takeOperator(',');
  while (!stream.isAtEnd) {
    const token = stream.expectName('a variable');
    if (token === undefined) break;
    const { value: name, start, end } = token;
    if (stream.takeOperator('=')) variables.push({ name, value: parser.parseExpression() });
    else if (name !== 'trimmed' && name !== 'notrimmed')
      variables.push({ name, value: { kind: 'Name', name, start, end } });
    else continue;
    if (!stream.takeOperator(',')) break;
  }
  reportRest(parser);
  return variables;
}
