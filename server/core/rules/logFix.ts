/** The fix of a log line: values are written as Python would write them, so that a line break shows as `\n`. */

import { EditList } from '../edits/editList';
import { buildsText, constantText, readFormatted } from '../edits/formatted';
import { answer, refuse } from '../edits/outcome';
import { inQuotesOf } from '../edits/pythonText';
import type { SinkHit } from '../flow/machine';
import { activeTaints } from '../flow/values';
import type { Argument, Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import { rawArguments } from './logArguments';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { cameThrough } from './sourceOf';

export function fixLog(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const result = answer(() => {
    if (hit.callee.startsWith('loguru.')) refuse('loguru formats its messages in another way');
    const edits = new EditList();
    for (const { argument, valueIndex } of rawArguments(context, hit)) {
      if (valueIndex < 0) quoteMessage(context, hit, argument, edits);
      else quoteConversion(context, hit, valueIndex, edits);
    }
    return { kind: 'edits' as const, edits: edits.finish(context.text) };
  });
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title: 'Write line breaks as `\\n`', safety: 'review', edits } }];
}

/** Values in an f-string get `!r`; a lone value becomes `"%r", value`. */
function quoteMessage(context: FileContext, hit: SinkHit, argument: Argument, edits: EditList): void {
  const base = context.baseOf(hit.site.tree);
  const node = argument.value;
  if (!buildsText(node)) {
    if (hit.call.args.length > 1 || (node.kind === 'Call' && isFormatting(node.func)))
      refuse('the message is put together elsewhere');
    if (hit.value.text?.some((piece) => 'text' in piece)) refuse('the message is put together elsewhere');
    edits.insert(base + node.start, inQuotesOf(context.text, '"%r", '));
    return;
  }
  for (const atom of readFormatted(context.text, [{ node, base }]).flatMap((operand) => operand.atoms)) {
    if (atom.kind !== 'hole' || atom.expression === undefined) continue;
    if (!isVisitors(context, hit, atom.expression) || /[rad]/.test(atom.conversion)) continue;
    if (atom.spec !== '' || atom.conversion === 's') refuse('a value is formatted in a special way');
    if (atom.origin === 'operand') {
      edits.insert(atom.start, 'repr(');
      edits.insert(atom.end, ')');
    } else if (atom.origin === 'percent') edits.replace(atom.end - 1, atom.end, 'r');
    else edits.insert(atom.end - 1, '!r');
  }
}

/** The n-th `%s` of the message becomes `%r`. */
function quoteConversion(context: FileContext, hit: SinkHit, wanted: number, edits: EditList): void {
  const message = hit.call.args[hit.callee.endsWith('.log') ? 1 : 0]?.value;
  if (message?.kind !== 'String' || constantText(message) === undefined)
    refuse('the message is not written in the call');
  const base = context.baseOf(hit.site.tree);
  const [operand] = readFormatted(context.text, [{ node: message, base }]);
  const atoms = operand?.atoms ?? [];
  let index = -1;
  for (let i = 0; i < atoms.length; i++) {
    const [atom, next] = [atoms[i], atoms[i + 1]];
    if (atom?.kind !== 'char' || atom.value !== '%' || next?.kind !== 'char') continue;
    i++;
    if (next.value === '%') continue;
    index++;
    if (next.value === '(') refuse('the message takes its values by name');
    if (index < wanted && !/[a-zA-Z]/.test(next.value)) refuse('the message has conversions of other forms');
    if (index < wanted) continue;
    if (next.value !== 's') refuse('the value is formatted in a special way');
    edits.replace(next.start, next.end, 'r');
    return;
  }
  refuse('the message has no place for the value');
}

function isFormatting(func: Expression): boolean {
  return func.kind === 'Attribute' && (func.attr.id === 'format' || func.attr.id === 'join');
}

function isVisitors(context: FileContext, hit: SinkHit, node: Expression): boolean {
  const value = context.valueOf(hit.site.tree, node);
  return value === undefined || activeTaints(value, 'log').length > 0 || cameThrough(hit, node);
}
