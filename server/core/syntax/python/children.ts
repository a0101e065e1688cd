/** The nodes directly inside a node, in the order of the source. Parts that are no nodes of their own (arguments,
 *  parameters, handlers, cases, pieces of strings) are looked through. */
import { assertNever } from '../../base/assertNever';
import type {
  Argument,
  Comprehension,
  Decorator,
  Expression,
  Node,
  Parameter,
  Pattern,
  Statement,
  StringPiece,
  TypeParameter,
} from './ast';

export function children(node: Node): Node[] {
  const out: Node[] = [];
  addChildren(node, out);
  return out;
}

/** The same, behind what is in a list already. Expressions are the most, so they are looked for first. */
export function addChildren(node: Node, out: Node[]): void {
  if (expressionChildren(node as Expression, out) || statementChildren(node as Statement, out)) return;
  patternChildren(node as Pattern, out);
}

/** No list of arguments: this runs for every node of every tree, again and again. */
function add(out: Node[], first: Node | undefined, second?: Node, third?: Node): void {
  if (first) out.push(first);
  if (second) out.push(second);
  if (third) out.push(third);
}

/** `push(...nodes)` would need a stack slot for each. */
function addAll(out: Node[], nodes: readonly Node[]): void {
  for (const node of nodes) out.push(node);
}

function addArguments(out: Node[], args: readonly Argument[]): void {
  for (const arg of args) out.push(arg.value);
}

function addParameters(out: Node[], params: readonly Parameter[]): void {
  for (const param of params) add(out, param.annotation, param.default);
}

function addTypeParameters(out: Node[], params: readonly TypeParameter[]): void {
  for (const param of params) add(out, param.bound, param.default);
}

function addDecorators(out: Node[], decorators: readonly Decorator[]): void {
  for (const decorator of decorators) out.push(decorator.expression);
}

function addPieces(out: Node[], pieces: readonly StringPiece[]): void {
  for (const piece of pieces) {
    if (piece.kind !== 'Hole') continue;
    out.push(piece.expression);
    if (piece.spec) addPieces(out, piece.spec);
  }
}

/** False when `node` is no statement. */
function statementChildren(node: Statement, out: Node[]): boolean {
  switch (node.kind) {
    case 'FunctionDef':
      addDecorators(out, node.decorators);
      addTypeParameters(out, node.typeParams);
      addParameters(out, node.params);
      add(out, node.returns);
      addAll(out, node.body);
      return true;
    case 'ClassDef':
      addDecorators(out, node.decorators);
      addTypeParameters(out, node.typeParams);
      addArguments(out, node.args);
      addAll(out, node.body);
      return true;
    case 'For':
      add(out, node.target, node.iter);
      addAll(out, node.body);
      addAll(out, node.orelse);
      return true;
    case 'While':
    case 'If':
      add(out, node.test);
      addAll(out, node.body);
      addAll(out, node.orelse);
      return true;
    case 'With':
      for (const item of node.items) add(out, item.context, item.target);
      addAll(out, node.body);
      return true;
    case 'Match':
      add(out, node.subject);
      for (const clause of node.cases) {
        add(out, clause.pattern, clause.guard);
        addAll(out, clause.body);
      }
      return true;
    case 'Try':
      addAll(out, node.body);
      for (const handler of node.handlers) {
        add(out, handler.type);
        addAll(out, handler.body);
      }
      addAll(out, node.orelse);
      addAll(out, node.finalbody);
      return true;
    default:
      return simpleChildren(node, out);
  }
}

type SimpleStatement = Exclude<
  Statement,
  { kind: 'FunctionDef' | 'ClassDef' | 'For' | 'While' | 'If' | 'With' | 'Match' | 'Try' }
>;

function simpleChildren(node: SimpleStatement, out: Node[]): boolean {
  switch (node.kind) {
    case 'Return':
    case 'Expression':
      add(out, node.value);
      return true;
    case 'Delete':
      addAll(out, node.targets);
      return true;
    case 'Assign':
      addAll(out, node.targets);
      add(out, node.value);
      return true;
    case 'AnnotatedAssign':
      add(out, node.target, node.annotation, node.value);
      return true;
    case 'AugmentedAssign':
      add(out, node.target, node.value);
      return true;
    case 'Raise':
      add(out, node.exception, node.cause);
      return true;
    case 'Assert':
      add(out, node.test, node.message);
      return true;
    case 'TypeAlias':
      addTypeParameters(out, node.typeParams);
      add(out, node.value);
      return true;
    case 'ErrorStatement':
      addAll(out, node.children);
      return true;
    case 'Import':
    case 'ImportFrom':
    case 'Global':
    case 'Nonlocal':
    case 'Pass':
    case 'Break':
    case 'Continue':
      return true;
    default:
      return false;
  }
}

/** False when `node` is no expression. */
function expressionChildren(node: Expression, out: Node[]): boolean {
  switch (node.kind) {
    case 'Name':
    case 'Number':
    case 'Constant':
      return true;
    case 'String':
      for (const token of node.tokens) if (token.isFormat) addPieces(out, token.pieces);
      return true;
    case 'Attribute':
    case 'Await':
    case 'Starred':
    case 'Yield':
      add(out, node.value);
      return true;
    case 'Subscript':
      add(out, node.value, node.index);
      return true;
    case 'Slice':
      add(out, node.lower, node.upper, node.step);
      return true;
    case 'Call':
      out.push(node.func);
      addArguments(out, node.args);
      return true;
    case 'Binary':
      add(out, node.left, node.right);
      return true;
    case 'Unary':
      add(out, node.operand);
      return true;
    case 'Boolean':
      addAll(out, node.values);
      return true;
    case 'Comparison':
      out.push(node.left);
      addAll(out, node.comparators);
      return true;
    case 'Conditional':
      add(out, node.body, node.test, node.orelse);
      return true;
    case 'Lambda':
      addParameters(out, node.params);
      add(out, node.body);
      return true;
    case 'Tuple':
    case 'List':
    case 'Set':
      addAll(out, node.elements);
      return true;
    case 'Dict':
      for (const entry of node.entries) add(out, entry.key, entry.value);
      return true;
    case 'Comprehension':
      comprehensionChildren(node, out);
      return true;
    case 'Named':
      add(out, node.target, node.value);
      return true;
    case 'ErrorExpression':
      addAll(out, node.children);
      return true;
    default:
      node satisfies never;
      return false;
  }
}

function comprehensionChildren(node: Comprehension, out: Node[]): void {
  add(out, node.element, node.value);
  for (const clause of node.clauses) {
    if (clause.kind === 'if') out.push(clause.test);
    else add(out, clause.target, clause.iter);
  }
}

function patternChildren(node: Pattern, out: Node[]): void {
  switch (node.kind) {
    case 'ValuePattern':
      add(out, node.value);
      return;
    case 'SequencePattern':
      addAll(out, node.elements);
      return;
    case 'OrPattern':
      addAll(out, node.alternatives);
      return;
    case 'AsPattern':
      add(out, node.pattern);
      return;
    case 'ClassPattern':
      out.push(node.class);
      for (const arg of node.args) out.push(arg.pattern);
      return;
    case 'MappingPattern':
      for (const entry of node.entries) add(out, entry.key, entry.pattern);
      return;
    case 'CapturePattern':
    case 'StarPattern':
    case 'ErrorPattern':
      return;
    default:
      assertNever(node);
  }
}
