/** The fix of a query: its values leave the text and become parameters, as its driver wants them. */
import { ensureImport } from '../edits/addImport';
import { mentionedNames } from '../edits/bindings';
import { parametrizeConditions } from '../edits/parametrizeConditions';
import { type ParametrizeRequest, parametrizeQuery } from '../edits/parametrizeQuery';
import { parametrizeScattered } from '../edits/parametrizeScattered';
import { shownName } from '../flow/lambdas';
import type { SinkHit } from '../flow/machine';
import { KNOWLEDGE } from '../knowledge/index';
import type { SinkRow } from '../knowledge/library';
import { driversOf } from '../model/drivers';
import { enclosingFunction } from '../model/scope';
import type { Call } from '../syntax/python/ast';
import type { FileContext } from './context';
import { helperSlot } from './handedQuery';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { argumentOf, sendingCall } from './sqlFault';
import { assignedOnce, scatteredParts, statementsAround, textParts } from './textParts';

export function fixQuery(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const row = hit.isTyped ? hit.row : guessedRow(context, hit);
  if (row === undefined) return [refused('it is not certain which database driver this is')];
  if (row.paramStyle === undefined) return [refused('this call takes no parameters')];
  const slot = hit.handed === undefined ? slotOf(row) : helperSlot(hit);
  if (hit.handed !== undefined && slot === undefined)
    return [refused(`\`${shownName(hit.handed.helper)}\` takes no values beside the query`)];
  const isHanded = hit.handed !== undefined || !row.isTextWrapper;
  const sent = isHanded ? argumentOf(hit.call, hit.argument) : sendingCall(hit);
  if (sent === undefined) return [refused('the call that sends this query was not found')];
  const isVariadic = slot !== undefined && 'isVariadic' in slot && slot.isVariadic;
  if (isVariadic && sent.call.args.filter(({ name }) => name === undefined).length > slot.position)
    return [refused('the call passes other parameters already')];
  const wrapper = textWrapper(context, hit, row);
  if (wrapper?.kind === 'refused') return [refused(wrapper.reason)];
  const parts = queryParts(context, hit, sent.call);
  const bindparam = importFrom(context, row, hit, 'bindparam');
  const request: Omit<ParametrizeRequest, 'parts'> = {
    text: context.text,
    call: { node: sent.call, base: context.baseOf(hit.site.tree) },
    query: sent.argument,
    style: STYLES[row.paramStyle],
    dialect: row.dialect ?? 'unknown',
    isConstant: (node) => context.isConstant(hit.site.tree, node),
    slot,
    isSqlalchemyText: row.paramStyle === 'bind',
    ...(wrapper === undefined ? {} : { wrapper: wrapper.localName }),
    isVariadic: row.paramStyle === 'dollar' || isVariadic,
    hasNamesOnly: row.paramStyle === 'pyformat',
    hasPercentEscape: row.hasNoPercentEscape !== true,
    lists: {
      statements: statementsAround(context, hit.site).map(({ node }) => node),
      assignedOnce: (node) => assignedOnce(node, hit.site),
    },
    ...(row.isTextWrapper && hit.handed === undefined
      ? { textEnd: context.baseOf(hit.site.tree) + hit.call.end }
      : {}),
    ...(bindparam?.kind === 'edits' ? { bindparam: bindparam.localName } : {}),
  };
  const straight =
    'reason' in parts
      ? (fixScattered(context, hit, request) ?? parts)
      : parametrizeQuery({ ...request, parts });
  const result =
    straight.kind === 'refused' ? (fixConditions(context, hit, request, parts) ?? straight) : straight;
  if (result.kind === 'refused') return [refused(result.reason)];
  const title =
    result.nParameters === 1 ? 'Pass the value as a query parameter' : 'Pass the values as query parameters';
  const imports = [wrapper, result.usesBindparam ? bindparam : undefined].flatMap((one) =>
    one?.kind === 'edits' ? one.edits : [],
  );
  const edits = [{ file: context.file, isNew: false, edits: [...imports, ...result.edits] }];
  return [{ kind: 'fix', fix: { title, safety: 'review', edits } }];
}

/** SQLAlchemy takes named parameters for what stands in `text()` only. */
function textWrapper(context: FileContext, hit: SinkHit, row: SinkRow) {
  return row.isTextWrapper === true ? undefined : importFrom(context, row, hit, 'text');
}

function importFrom({ module, baseOf }: FileContext, row: SinkRow, hit: SinkHit, name: string) {
  if (row.paramStyle !== 'bind' || module === undefined) return undefined;
  const usedAt = baseOf(hit.site.tree) + hit.call.start;
  return ensureImport(module, { from: 'sqlalchemy', name }, { usedAt });
}

/** A query that is built on branches gets a list of values beside it; undefined where it is not built like that. */
function fixScattered(context: FileContext, hit: SinkHit, request: Omit<ParametrizeRequest, 'parts'>) {
  const user = hit.row.isTextWrapper ? hit.call : request.call.node;
  const parts = scatteredParts(context, hit.site, hit.argument, user);
  if ('reason' in parts) return undefined;
  return parametrizeScattered({ ...request, parts, taken: takenNames(context, hit) });
}

/** Conditions that are collected in a list and joined; undefined where there is no such list. */
function fixConditions(
  context: FileContext,
  hit: SinkHit,
  request: Omit<ParametrizeRequest, 'parts'>,
  straight: ReturnType<typeof queryParts>,
) {
  const user = hit.row.isTextWrapper ? hit.call : request.call.node;
  const parts = 'reason' in straight ? scatteredParts(context, hit.site, hit.argument, user) : straight;
  if ('reason' in parts) return undefined;
  const scope = statementsAround(context, hit.site);
  const result = parametrizeConditions({ ...request, parts, scope, taken: takenNames(context, hit) });
  return result.kind === 'refused' ? undefined : result;
}

function takenNames(context: FileContext, hit: SinkHit): Set<string> {
  const taken = mentionedNames(statementsAround(context, hit.site).map(({ node }) => node));
  for (const parameter of enclosingFunction(hit.site)?.params ?? []) taken.add(parameter.name.id);
  return taken;
}

const STYLES = {
  qmark: 'qmark',
  format: 'format',
  pyformat: 'pyformat',
  named: 'named',
  numeric: 'numeric',
  dollar: 'dollar',
  bind: 'named',
} as const satisfies Record<string, ParametrizeRequest['style']>;

function slotOf(row: SinkRow): { position: number; keyword?: string } | undefined {
  if (row.parameters === undefined) return undefined;
  const { position, name } = row.parameters;
  return name === undefined ? { position } : { position, keyword: name };
}

/** Values of a `text(…)` that is a part of a query go along with it: `text("name = :name").bindparams(name=name)`. */
export function fixClause(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const query = argumentOf(hit.call, hit.argument)?.argument;
  if (!hit.row.isTextWrapper || query === undefined)
    return [refused('this takes SQL and no values; choose it from a fixed set')];
  const parts = textParts(context, hit.site, hit.argument, hit.call);
  if ('reason' in parts) return [refused(parts.reason)];
  const result = parametrizeQuery({
    text: context.text,
    parts,
    call: { node: hit.call, base: context.baseOf(hit.site.tree) },
    query,
    style: 'named',
    dialect: hit.row.dialect ?? 'unknown',
    isConstant: (node) => context.isConstant(hit.site.tree, node),
    isSqlalchemyText: true,
    hasBindMethod: true,
  });
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title: 'Bind the value to a parameter', safety: 'review', edits } }];
}

/** The receiver's type is not known: the project's only driver decides. */
function guessedRow(context: FileContext, hit: SinkHit): SinkRow | undefined {
  const drivers = driversOf(context.project, context.file);
  const [driver] = drivers;
  return drivers.length === 1 && driver !== undefined
    ? KNOWLEDGE.sinks(`${driver}.${hit.callee}`)[0]
    : undefined;
}

function queryParts(context: FileContext, hit: SinkHit, call: Call) {
  const user = hit.row.isTextWrapper ? hit.call : call;
  return textParts(context, hit.site, hit.argument, user);
}
