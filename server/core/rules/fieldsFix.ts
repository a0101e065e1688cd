/** What of a request goes into a record, and the scaffold that names the fields one by one. */
import type { TextEdit } from '../base/textEdit';
import { indentationAt, inQuotesOf, isFirstOnLine, lineEndOf } from '../edits/pythonText';
import type { SinkHit } from '../flow/machine';
import { isPasswordName } from '../knowledge/sensitiveNames';
import type { ClassRef } from '../model/refs';
import type { Body, Call, ComprehensionClause, Expression } from '../syntax/python/ast';
import { walkStatements } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { assignedOnce } from './textParts';

/** Methods and functions that hand on all keys of what they are given. */
const HANDING = new Set(['get_json', 'to_dict', 'copy', 'dict', 'loads', 'deepcopy', 'json', 'pop']);

/** True unless a schema or a list of the code's own has chosen among the keys. */
export function isWholeRequest(hit: SinkHit): boolean {
  if (hit.row.element !== 'keys') return true;
  return isWhole(assignedOnce(hit.argument, hit.site), hit);
}

function isWhole(node: Expression, hit: SinkHit): boolean {
  switch (node.kind) {
    case 'Comprehension':
      return node.clauses.every((clause) => clause.kind !== 'if') && isItems(node.clauses[0]);
    case 'Call': {
      const name = nameOf(node);
      if (node.func.kind === 'Attribute' && !HANDING.has(name)) return false;
      return node.args.every(({ value }) => value.kind !== 'Comprehension' || isWhole(value, hit));
    }
    case 'Dict':
      return node.entries.some((entry) => entry.key === undefined && isWhole(entry.value, hit));
    case 'Attribute':
      // `form.data` holds the fields of the form and nothing else.
      return node.attr.id !== 'data';
    case 'Boolean':
      return node.values.some((value) => isWhole(value, hit));
    default:
      return true;
  }
}

/** `for key, value in data.items()`: the keys are those that came. */
function isItems(clause: ComprehensionClause | undefined): boolean {
  if (clause?.kind !== 'for') return false;
  return clause.iter.kind === 'Call' ? nameOf(clause.iter) === 'items' : clause.iter.kind === 'Name';
}

function nameOf({ func }: Call): string {
  if (func.kind === 'Attribute') return func.attr.id;
  return func.kind === 'Name' ? func.id : '';
}

export function fixFields(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const argument = hit.call.args.find(({ value }) => value === hit.argument);
  const model = context.project.resolver.resolve(hit.call.func, hit.site).find((ref) => ref.kind === 'class');
  if (argument?.star !== '**' || model?.kind !== 'class')
    return [refused('the fields to write are not known here')];
  const columns = columnsOf(model).filter((field) => !hit.call.args.some(({ name }) => name?.id === field));
  const fields = columns.filter((name) => !OWN.test(name) && !isPasswordName(name));
  if (fields.length === 0) return [refused('the fields of the record were not found')];
  const base = context.baseOf(hit.site.tree);
  const source = context.text.slice(base + hit.argument.start, base + hit.argument.end);
  if (!/^[\w.]+(\(\))?$/.test(source)) return [refused('the fields come from more than a plain name')];
  // A form need not have the field.
  const read = (field: string) =>
    inQuotesOf(context.text, /\.(?:form|values)$/.test(source) ? `.get("${field}", "")` : `["${field}"]`);
  const newText = fields.map((field) => `${field}=${source}${read(field)}`).join(', ');
  const range = { start: base + argument.start, end: base + hit.argument.end };
  const leftOut = columns.filter((name) => !fields.includes(name));
  const note =
    leftOut.length === 0 ? [] : noteAbove(context, hit, `# Not for visitors: ${leftOut.join(', ')}`);
  const edits = [{ file: context.file, isNew: false, edits: [...note, { range, newText }] }];
  return [{ kind: 'fix', fix: { title: 'Name the fields that may be set', safety: 'assist', edits } }];
}

const COLUMNS = /^(Column|mapped_column|\w*Field)$/;
/** Fields that a visitor hardly ever sets: left out of the scaffold. */
const OWN =
  /^(id|uuid|created|updated|.*_(at|on|id|hash)|is_.*|has_.*|.*admin.*|.*role.*|.*balance.*|.*verified.*|.*active.*|.*permission.*|.*(staff|superuser).*|privileges?|groups?|access_level)$/i;

/** A comment in a line of its own above the statement. */
function noteAbove(
  { text, baseOf }: FileContext,
  { site, call }: SinkHit,
  note: string,
): readonly TextEdit[] {
  const around = walkStatements(site.tree.body)
    .filter(({ start, end }) => start <= call.start && call.end <= end)
    .at(-1);
  const start = baseOf(site.tree) + (around?.start ?? 0);
  if (around === undefined || !isFirstOnLine(text, start)) return [];
  const newText = `${note}${lineEndOf(text)}${indentationAt(text, start)}`;
  return [{ range: { start, end: start }, newText }];
}

/** Columns of a model, in order. */
function columnsOf({ node }: ClassRef): readonly string[] {
  return assignmentsOf(node.body).flatMap(([name, value]) =>
    value.kind === 'Call' && COLUMNS.test(nameOf(value)) && !isPrimary(value) ? [name] : [],
  );
}

function isPrimary(call: Call): boolean {
  return call.args.some(({ name }) => name?.id === 'primary_key');
}

function assignmentsOf(body: Body): readonly (readonly [string, Expression])[] {
  return body.flatMap((statement) => {
    if (statement.kind === 'AnnotatedAssign' && statement.target.kind === 'Name' && statement.value)
      return [[statement.target.id, statement.value] as const];
    const [target] = statement.kind === 'Assign' ? statement.targets : [];
    return statement.kind === 'Assign' && target?.kind === 'Name'
      ? [[target.id, statement.value] as const]
      : [];
  });
}
