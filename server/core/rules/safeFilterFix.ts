/** The fix of `|safe`: the filter goes, and Jinja escapes again. */
import { removeFilter } from '../edits/jinjaFilter';
import type { MarkHit } from '../flow/templates';
import { isTainted } from '../flow/values';
import type { JinjaFilter } from '../syntax/jinja/ast';
import type { FileContext } from './context';
import type { FixOutcome } from './rule';

export function fixSafeFilter(context: FileContext, { filter, value }: MarkHit): readonly FixOutcome[] {
  const result = removeFilter(context.text, filter);
  if (result.kind === 'refused')
    return [{ kind: 'refused', reason: `no fix is written, because ${result.reason}` }];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  // A value of unknown origin may hold HTML on purpose; in a script, entities would break what was data.
  const safety = isTainted(value, 'html') && isHtml(context, filter) ? 'safe' : 'review';
  return [{ kind: 'fix', fix: { title: `Remove \`|${filter.name}\``, safety, edits } }];
}

/** The output stands where the browser decodes what Jinja escapes: in text or in a plain attribute. */
function isHtml({ template }: FileContext, filter: JinjaFilter): boolean {
  const output = template?.outputs.find(({ start, end }) => start <= filter.start && filter.end <= end);
  if (output === undefined) return true;
  const { kind } = output.context;
  if (kind === 'attribute') return output.context.role === 'plain' || output.context.role === 'url';
  return kind === 'text' || kind === 'rcdata';
}
