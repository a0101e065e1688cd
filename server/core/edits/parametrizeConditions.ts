/** Moves the values of conditions that are collected in a list into a list of parameters beside it:
 *
 *    where = []                              where = []
 *    if name:                                params = []
 *        where.append(f"name = '{name}'")    if name:
 *    sql = "… WHERE " + " AND ".join(where)      where.append("name = ?")
 *    db.execute(sql)                             params.append(name)
 *                                            …
 *                                            db.execute(sql, params)  */
import type { Call, Expression, Statement } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import { blocksOf } from './blocks';
import { EditList } from './editList';
import { constantText, type Hole, readFormatted } from './formatted';
import { refuseList } from './listValues';
import { answer, type Located, type Refusal, refuse } from './outcome';
import { addArgumentSource } from './parameterArgument';
import {
  existingFor,
  isPercentStyle,
  literalQuote,
  type ParametrizedQuery,
  type ParametrizeRequest,
  rejectMethod,
} from './parametrizeQuery';
import { dictLines, freeName, insertBelow, listLines } from './parametrizeScattered';
import { bindTargets } from './queryBinding';
import { findTargets, readQuery } from './queryTargets';
import { rewriteText } from './textRewrite';

export interface ConditionsRequest extends ParametrizeRequest {
  /** The body of the function around, or the module. */
  readonly scope: readonly Located<Statement>[];
  readonly taken: ReadonlySet<string>;
}

export function parametrizeConditions(request: ConditionsRequest): ParametrizedQuery | Refusal {
  return answer(() => build(request));
}

function build(request: ConditionsRequest): ParametrizedQuery {
  const { text, call, query, parts, dialect, isConstant } = request;
  rejectMethod(call.node);
  const slot = request.slot ?? { position: call.node.args.indexOf(query) + 1 };
  if (existingFor(request, slot).kind !== 'none') refuse('the call passes other parameters already');
  if (request.style === 'numeric' || request.style === 'dollar' || request.isVariadic)
    refuse('the placeholders of this driver are numbered');
  const main = readFormatted(text, parts);
  const list = listJoined(
    main.flatMap(({ atoms }) => atoms.filter((atom) => atom.kind === 'hole')),
    isConstant,
  );
  const { made, appended } = usesOf(list, request);
  const isNamed = request.style === 'named' || request.hasNamesOnly === true;
  const style = isNamed ? request.style : request.style === 'pyformat' ? 'format' : request.style;
  const doubles = isPercentStyle(style) && request.hasPercentEscape !== false;
  const mapCharacter = (value: string) => (doubles ? value.replaceAll('%', '%%') : value);
  const variable = freeName(request.taken);
  const writeLines = isNamed ? dictLines : listLines;
  const quote = literalQuote(readQuery(main, dialect), text);
  const edits = new EditList();
  const keys: string[] = [];
  let nParameters = 0;
  rewriteText(
    text,
    main,
    { emitted: new Map(), dropped: new Set(), mapCharacter, keepsArguments: true },
    edits,
  );
  insertBelow(text, { statement: made }, writeLines(variable, [], true, quote), edits);
  for (const { statement, condition, isInLoop } of appended) {
    const operands = readFormatted(text, [{ node: condition, base: statement.base }]);
    const read = readQuery(operands, dialect);
    if (read.placeholders.length > 0) refuse('the query has placeholders already');
    const targets = findTargets(text, read, { ...request, style, quote, hasParameters: false });
    if (isNamed && targets.length > 0 && isInLoop) refuse('values are added in a loop');
    const bound = bindTargets(read, targets, {
      style,
      existing: isNamed ? { kind: 'mapping', value: call.node, keys } : { kind: 'none' },
      nVariadic: undefined,
      isSqlalchemyText: request.isSqlalchemyText === true,
    });
    keys.push(...bound.parameters.map(({ name }) => name));
    if (targets.some((target) => target.list !== undefined)) refuse('the value is a list of values');
    rewriteText(
      text,
      operands,
      { emitted: bound.emitted, dropped: bound.dropped, mapCharacter, keepsArguments: false },
      edits,
    );
    insertBelow(text, { statement }, writeLines(variable, bound.parameters, false, quote), edits);
    nParameters += targets.length;
  }
  if (nParameters === 0) refuse('no value of the query can be changed by a user');
  if (request.wrapper !== undefined) {
    edits.insert(call.base + query.value.start, `${request.wrapper}(`);
    edits.insert(call.base + query.value.end, ')');
  }
  addArgumentSource({ text, call, query, slot, quote }, variable, edits);
  return { kind: 'edits', edits: edits.finish(text), safety: 'review', nParameters };
}

/** The list whose texts are joined by AND or OR; nothing else in the query comes from outside. */
function listJoined(holes: readonly Hole[], isConstant: (node: Expression) => boolean): string {
  const names = new Set<string>();
  for (const { expression } of holes) {
    const name = expression && joinedName(expression);
    if (name !== undefined) names.add(name);
    else if (expression === undefined || !isConstant(expression)) refuseList();
  }
  const [name, ...others] = names;
  return name !== undefined && others.length === 0 ? name : refuseList();
}

function joinedName(node: Expression): string | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr.id !== 'join')
    return undefined;
  const isConnected = /\b(?:and|or)\b/i.test(constantText(node.func.value) ?? '');
  const argument = node.args.length === 1 ? node.args[0]?.value : undefined;
  return isConnected && argument?.kind === 'Name' ? argument.id : undefined;
}

interface Appended {
  readonly statement: Located<Statement>;
  readonly condition: Expression;
  readonly isInLoop: boolean;
}

/** Where the list is made and filled. Whatever else is done with it is refused. */
function usesOf(
  list: string,
  { scope, parts }: ConditionsRequest,
): { readonly made: Located<Statement>; readonly appended: readonly Appended[] } {
  const allowed = new Set<unknown>();
  const made: Located<Statement>[] = [];
  const appended: Appended[] = [];
  const visit = (statement: Located<Statement>, isInLoop: boolean) => {
    const { node, base } = statement;
    if (node.kind === 'Assign' && node.targets.length === 1 && isNamed(node.targets[0], list)) {
      const isFixed = node.value.kind === 'List' && node.value.elements.every((one) => isPlain(one));
      if (!isFixed) refuseList();
      made.push(statement);
      allowed.add(node.targets[0]);
    }
    const call = node.kind === 'Expression' && node.value.kind === 'Call' ? node.value : undefined;
    const condition = call && appendedTo(call, list);
    if (call?.func.kind === 'Attribute' && condition !== undefined) {
      appended.push({ statement, condition, isInLoop });
      allowed.add(call.func.value);
    }
    if (node.kind === 'If') for (const name of walk(node.test)) allowed.add(name);
    const inside = isInLoop || node.kind === 'For' || node.kind === 'While';
    for (const body of blocksOf(node)) for (const inner of body) visit({ node: inner, base }, inside);
  };
  for (const statement of scope) visit(statement, false);
  for (const { node } of parts) for (const inner of walk(node)) allowed.add(inner);
  for (const { node } of scope)
    for (const inner of walk(node))
      if (inner.kind === 'Name' && inner.id === list && !allowed.has(inner)) refuseList();
  const [first, ...others] = made;
  if (first === undefined || others.length > 0) refuseList();
  return { made: first, appended };
}

function appendedTo({ func, args }: Call, list: string): Expression | undefined {
  if (func.kind !== 'Attribute' || func.attr.id !== 'append' || !isNamed(func.value, list)) return undefined;
  return args.length === 1 && args[0]?.star === '' ? args[0].value : undefined;
}

function isNamed(node: Expression | undefined, name: string): boolean {
  return node?.kind === 'Name' && node.id === name;
}

function isPlain(node: Expression): boolean {
  const value = constantText(node);
  return value !== undefined && !value.includes('%');
}
