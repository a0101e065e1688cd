/** Ways through a template's tree: bodies, nodes, and the expressions in them. Parents come before children. */
import { assertNever } from '../../base/assertNever';
import type { JinjaExpression, MacroParameter, TemplateBody, TemplateNode } from './ast';

/** The bodies of a node in source order; empty for leaves. */
export function bodiesOf(node: TemplateNode): readonly TemplateBody[] {
  switch (node.kind) {
    case 'If':
      return [...node.branches.map((branch) => branch.body), node.orelse];
    case 'For':
      return [node.body, node.orelse];
    case 'Block':
    case 'Macro':
    case 'CallBlock':
    case 'FilterBlock':
    case 'SetBlock':
    case 'With':
    case 'Autoescape':
    case 'Trans':
      return [node.body];
    case 'Text':
    case 'Output':
    case 'Comment':
    case 'Raw':
    case 'Extends':
    case 'Include':
    case 'Import':
    case 'FromImport':
    case 'Set':
    case 'Do':
    case 'LoopControl':
    case 'Unknown':
      return [];
    default:
      return assertNever(node);
  }
}

const nodesOf = new WeakMap<TemplateBody, readonly TemplateNode[]>();

/** Every node of a finished body and of the bodies inside it. Kept: one check asks for them many times. */
export function walkNodes(body: TemplateBody): readonly TemplateNode[] {
  let nodes = nodesOf.get(body);
  if (nodes === undefined) {
    nodes = collectNodes(body, []);
    nodesOf.set(body, nodes);
  }
  return nodes;
}

function collectNodes(body: TemplateBody, nodes: TemplateNode[]): readonly TemplateNode[] {
  for (const node of body) {
    nodes.push(node);
    for (const inner of bodiesOf(node)) collectNodes(inner, nodes);
  }
  return nodes;
}

/** The outermost expressions that a node itself writes down, without those of its bodies. */
export function expressionsOf(node: TemplateNode): readonly JinjaExpression[] {
  switch (node.kind) {
    case 'Output':
    case 'Do':
      return [node.expression];
    case 'If':
      return node.branches.map((branch) => branch.test);
    case 'For':
      return [node.target, node.iter, ...(node.test ? [node.test] : [])];
    case 'Extends':
    case 'Include':
    case 'Import':
    case 'FromImport':
      return [node.template];
    case 'Macro':
      return defaultsOf(node.params);
    case 'CallBlock':
      return [...defaultsOf(node.params), node.call];
    case 'FilterBlock':
      return [node.chain];
    case 'Set':
      return [node.target, node.value];
    case 'SetBlock':
      return [node.target, ...(node.chain ? [node.chain] : [])];
    case 'With':
      return node.assignments.flatMap((assignment) => [assignment.target, assignment.value]);
    case 'Autoescape':
      return [node.value];
    case 'Trans':
      return node.variables.map((variable) => variable.value);
    case 'Unknown':
      return node.expressions;
    case 'Text':
    case 'Comment':
    case 'Raw':
    case 'Block':
    case 'LoopControl':
      return [];
    default:
      return assertNever(node);
  }
}

/** The direct parts of an expression in source order. */
export function partsOf(node: JinjaExpression): readonly JinjaExpression[] {
  switch (node.kind) {
    case 'Name':
    case 'Literal':
      return [];
    case 'Attribute':
      return [node.object];
    case 'Item':
      return [node.object, node.index];
    case 'Slice':
      return [node.lower, node.upper, node.step].filter((part) => part !== undefined);
    case 'Call':
      return [node.func, ...node.args.map((argument) => argument.value)];
    case 'Filter':
      return [...(node.input ? [node.input] : []), ...node.args.map((argument) => argument.value)];
    case 'Test':
      return [node.input, ...node.args.map((argument) => argument.value)];
    case 'Binary':
      return [node.left, node.right];
    case 'Unary':
      return [node.operand];
    case 'Conditional':
      return [node.body, node.test, ...(node.orelse ? [node.orelse] : [])];
    case 'List':
    case 'Tuple':
      return node.elements;
    case 'Dict':
      return node.entries.flatMap((entry) => [entry.key, entry.value]);
    case 'Error':
      return node.children;
    default:
      return assertNever(node);
  }
}

/** Names of the filters around an expression, the outermost (last applied) first. */
export function filterNames(node: JinjaExpression): readonly string[] {
  const names: string[] = [];
  for (let at: JinjaExpression | undefined = node; at?.kind === 'Filter'; at = at.input) names.push(at.name);
  return names;
}

/** The expression inside of all filters around it. */
export function unfiltered(node: JinjaExpression): JinjaExpression {
  return node.kind === 'Filter' && node.input !== undefined ? unfiltered(node.input) : node;
}

/** An expression and everything in it. */
export function* walkExpression(node: JinjaExpression): Generator<JinjaExpression> {
  yield node;
  for (const part of partsOf(node)) yield* walkExpression(part);
}

/** Every expression of a body, inner ones included. */
export function* walkExpressions(body: TemplateBody): Generator<JinjaExpression> {
  for (const node of walkNodes(body))
    for (const expression of expressionsOf(node)) yield* walkExpression(expression);
}

function defaultsOf(params: readonly MacroParameter[]): readonly JinjaExpression[] {
  return params.map((param) => param.default).filter((value) => value !== undefined);
}
