/** The fix of `|safe`: the filter goes, and Jinja escapes again. */
import { removeFilter } from '../edits/jinjaFilter';
import type { MarkHit } from '../flow/templates';
import { isTainted } from '../flow/values';
import type { FileContext } from './context';
import type { FixOutcome } from './rule';

export function fixSafeFilter(context: FileContext, { filter, value }: MarkHit): readonly FixOutcome[] {
  const result = removeFilter(context.text, filter);
  if (result.kind === 'refused')
    return [{ kind: 'refused', reason: `no fix is written, because ${result.reason}` }];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  // A value of unknown origin may hold HTML on purpose.
  const safety = isTainted(value, 'html') ? 'safe' : 'review';
  return [{ kind: 'fix', fix: { title: `Remove \`|${filter.name}\``, safety, edits } }];
}
