/** The scaffold for a name in a query: a dict of the names that may be chosen, in front of the statement. */
import { statementAround } from '../edits/blocks';
import { EditList } from '../edits/editList';
import { type Hole, readFormatted } from '../edits/formatted';
import { answer, refuse } from '../edits/outcome';
import { nameFor } from '../edits/parameterValue';
import { indentationAt, isFirstOnLine, lineEndOf, preferredQuote, pythonString } from '../edits/pythonText';
import { readQuery } from '../edits/queryTargets';
import type { SinkHit } from '../flow/machine';
import { isTainted } from '../flow/values';
import type { Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { cameThrough } from './sourceOf';
import { sendingCall } from './sqlFault';
import { textParts } from './textParts';

export function fixName(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const user = hit.row.isTextWrapper ? hit.call : (sendingCall(hit)?.call ?? hit.call);
  const parts = textParts(context, hit.site, hit.argument, user);
  if ('reason' in parts) return [refused(parts.reason)];
  const result = answer(() => {
    const operands = readFormatted(context.text, parts);
    const read = readQuery(operands, hit.row.dialect ?? 'unknown');
    const holes = read.atoms
      .filter((atom) => atom.kind === 'hole')
      .filter((hole) => isChosen(context, hit, hole));
    if (holes.length === 0) refuse('the place where the name is put in was not found');
    return { kind: 'edits' as const, edits: editsFor(context, hit, holes, read.flat) };
  });
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title: 'Choose the name from a fixed set', safety: 'assist', edits } }];
}

function isChosen(context: FileContext, hit: SinkHit, { expression }: Hole): boolean {
  const value = expression && context.valueOf(hit.site.tree, expression);
  if (value !== undefined && isTainted(value, 'sql')) return true;
  return expression !== undefined && cameThrough(hit, expression);
}

function editsFor(context: FileContext, hit: SinkHit, holes: readonly Hole[], query: string) {
  const { text } = context;
  const quote = preferredQuote(text);
  const base = context.baseOf(hit.site.tree);
  const edits = new EditList();
  const lines = new Map<string, string>();
  for (const { expression, source } of holes) {
    if (expression === undefined) refuse('the name is a part of another value');
    const name = expression.kind === 'Name' ? expression.id : nameFor(expression, source);
    const [first, ...others] = /^(dir|direction|order|sort_?(order|dir)|asc|desc)/i.test(name)
      ? DIRECTIONS
      : [query.match(/\bselect\s+(?:distinct\s+)?(\w+)/i)?.[1] ?? 'id'];
    const entries = [first as string, ...others].map(
      (one) => `${pythonString(one, quote)}: ${pythonString(one, quote)}`,
    );
    const chosen = `chosen_${name}`;
    lines.set(
      chosen,
      `${chosen} = {${entries.join(', ')}}.get(${source}, ${pythonString(first as string, quote)})`,
    );
    edits.replace(base + expression.start, base + expression.end, chosen);
  }
  const statement = statementAround(hit.site.tree.body, holes[0]?.expression as Expression);
  if (statement === undefined) refuse('the statement was not found');
  const start = base + statement.start;
  if (!isFirstOnLine(text, start)) refuse('the statement shares its line with another one');
  const indentation = indentationAt(text, start);
  const lineEnd = lineEndOf(text);
  const added = [...lines.values()].map((line) => line + COMMENT + lineEnd + indentation);
  edits.insert(start, added.join(''));
  return edits.finish(text);
}

const DIRECTIONS = ['asc', 'desc'];
const COMMENT = '  # every name that may be chosen';
