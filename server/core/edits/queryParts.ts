/** Finds the statements that build a query in a variable: `query = …` and the `query += …` after it, all in one
 *  block that runs straight to the call. Anything else that touches the variable or the values in between is refused. */
import type { Call, Expression, Statement } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import { boundNames, mentionedNames } from './bindings';
import { blocksOf } from './blocks';
import { flattenAll, type TextPart } from './formatted';
import { answer, type Located, type Refusal, refuse } from './outcome';

export interface QueryPartsRequest {
  /** The function's body, or every statement of the module for a call outside of functions. */
  readonly scope: readonly Located<Statement>[];
  readonly variable: string;
  readonly call: Located<Call>;
  /** Takes a wrapper off the assigned value, such as `text(…)`. */
  readonly unwrap?: (value: Expression) => Expression;
}

export interface QueryParts {
  readonly kind: 'parts';
  readonly parts: readonly TextPart[];
}

export function collectQueryParts(request: QueryPartsRequest): QueryParts | Refusal {
  return answer(() => ({ kind: 'parts' as const, parts: collect(request) }));
}

function collect(request: QueryPartsRequest): TextPart[] {
  const { variable } = request;
  const { block, index } = blockOfAssignment(request);
  const parts: TextPart[] = [];
  const later: Statement[] = [(block[index] as Located<Statement>).node];
  if (boundNames(later).has(variable)) refuse(`\`${variable}\` changes in the block of the call`);
  for (let i = index - 1; i >= 0; i--) {
    const { node, base } = block[i] as Located<Statement>;
    const value = valueFor(node, variable);
    if (value === undefined) {
      if (boundNames([node]).has(variable))
        refuse(`\`${variable}\` is built on more than one way through the code`);
      later.push(node);
      continue;
    }
    const expression = request.unwrap?.(value) ?? value;
    rejectChangedValues(expression, later, variable);
    const continues = beginsWith(expression, variable);
    parts.unshift({ node: expression, base, ...(continues ? { continues: variable } : {}) });
    later.push(node);
    if (node.kind !== 'AugmentedAssign' && !continues) {
      rejectOtherUses(request, parts);
      return parts;
    }
  }
  return refuse(`the start of \`${variable}\` was not found`);
}

/** The innermost block around the call that assigns the variable before it. */
function blockOfAssignment(request: QueryPartsRequest): {
  block: readonly Located<Statement>[];
  index: number;
} {
  const levels: { block: readonly Located<Statement>[]; index: number }[] = [];
  let block: readonly Located<Statement>[] | undefined = request.scope;
  const at = request.call.base + request.call.node.start;
  while (block !== undefined) {
    const index: number = block.findIndex(
      ({ node, base }) => base + node.start <= at && at < base + node.end,
    );
    const around: Located<Statement> | undefined = block[index];
    if (around === undefined) break;
    levels.push({ block, index });
    if (around.node.kind === 'FunctionDef' || around.node.kind === 'ClassDef') {
      levels.length = 0;
    }
    block = blocksOf(around.node)
      .map((body) => body.map((node) => ({ node, base: around.base })))
      .find((body) => body.some(({ node, base }) => base + node.start <= at && at < base + node.end));
  }
  for (const level of levels.reverse()) {
    const before = level.block.slice(0, level.index);
    if (before.some(({ node }) => valueFor(node, request.variable) !== undefined)) return level;
  }
  return refuse(`\`${request.variable}\` is not built in front of the call`);
}

/** The value if the statement is `variable = value` or `variable += value`. */
export function valueFor(node: Statement, variable: string): Expression | undefined {
  switch (node.kind) {
    case 'Assign':
      return node.targets.length === 1 && isName(node.targets[0], variable) ? node.value : undefined;
    case 'AnnotatedAssign':
      return isName(node.target, variable) ? node.value : undefined;
    case 'AugmentedAssign':
      return node.op === '+' && isName(node.target, variable) ? node.value : undefined;
    default:
      return undefined;
  }
}

/** `query + …` */
export function beginsWith(value: Expression, variable: string): boolean {
  const operands = flattenAll(value);
  return operands.length > 1 && isName(operands[0], variable);
}

function isName(node: Expression | undefined, name: string): boolean {
  return node?.kind === 'Name' && node.id === name;
}

/** The values move from where the text is built to the call: they must be the same there. */
function rejectChangedValues(value: Expression, later: readonly Statement[], variable: string): void {
  const nodes = walk(value);
  if (nodes.some((node) => node.kind === 'Await' || node.kind === 'Yield' || node.kind === 'Named'))
    refuse('a value of the query is computed with a side effect');
  const bound = boundNames(later);
  for (const name of mentionedNames([value]))
    if (name !== variable && bound.has(name)) refuse(`\`${name}\` changes between the query and the call`);
}

/** The text changes: nobody else may use it, apart from the log. */
export function rejectOtherUses(
  { scope, variable, call }: QueryPartsRequest,
  parts: readonly TextPart[],
): void {
  // Where nothing is called, as in `return page`, the text itself stands for the call.
  const allowed = new Set<unknown>(call.node.args.length === 0 ? walk(call.node.func) : []);
  for (const { node } of scope)
    for (const inner of walk(node)) {
      const isShared = inner.kind === 'Global' || inner.kind === 'Nonlocal';
      if (isShared && inner.names.some((name) => name.id === variable))
        refuse(`\`${variable}\` is shared with other functions`);
      if (inner.kind === 'Assign') for (const target of inner.targets) allowed.add(target);
      if (inner.kind === 'AugmentedAssign' || inner.kind === 'AnnotatedAssign') allowed.add(inner.target);
      if (inner.kind === 'Call' && (inner === call.node || isLog(inner)))
        for (const argument of inner.args) for (const name of walk(argument.value)) allowed.add(name);
    }
  for (const part of parts) {
    const uses = walk(part.node).filter((node) => isName(node as Expression, variable));
    if (uses.length > (part.continues === undefined ? 0 : 1)) refuse(`\`${variable}\` is built from itself`);
    for (const use of uses) allowed.add(use);
  }
  for (const { node } of scope)
    for (const name of walk(node))
      if (name.kind === 'Name' && name.id === variable && !allowed.has(name))
        refuse(`\`${variable}\` is used in another place too`);
}

function isLog(call: Call): boolean {
  if (call.func.kind === 'Name') return call.func.id === 'print';
  return (
    call.func.kind === 'Attribute' &&
    /^(?:debug|info|warning|error|exception|critical|log)$/.test(call.func.attr.id)
  );
}
