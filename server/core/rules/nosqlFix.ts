/** The fix of a MongoDB filter: `str(…)` round every value of the visitor's, where the filter is written out. */
import { EditList } from '../edits/editList';
import type { SinkHit } from '../flow/machine';
import { activeTaints } from '../flow/values';
import type { Dict } from '../syntax/python/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { assignedOnce } from './textParts';

export function fixNosql(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  const dict = assignedOnce(hit.argument, hit.site);
  if (dict.kind !== 'Dict') return [refused('the visitor writes the whole filter')];
  const edits = new EditList();
  const reason = wrapIn(context, hit, dict, edits);
  if (reason !== undefined) return [refused(reason)];
  const changed = edits.finish(context.text);
  if (changed.length === 0) return [refused('the value comes from another function')];
  const all = [{ file: context.file, isNew: false, edits: changed }];
  return [
    { kind: 'fix', fix: { title: 'Take the value as text, with `str`', safety: 'review', edits: all } },
  ];
}

function wrapIn(context: FileContext, hit: SinkHit, dict: Dict, edits: EditList): string | undefined {
  const base = context.baseOf(hit.site.tree);
  for (const { key, value } of dict.entries) {
    const known = context.valueOf(hit.site.tree, value);
    if (known === undefined || activeTaints(known, 'nosql').length === 0) continue;
    const name = key === undefined ? undefined : context.valueOf(hit.site.tree, key)?.constants?.[0];
    if (typeof name !== 'string') return 'the visitor chooses the names in the filter';
    if (/^\$(where|function|accumulator)$/.test(name)) return 'the value is run as JavaScript';
    if (value.kind === 'Dict') {
      const reason = wrapIn(context, hit, value, edits);
      if (reason !== undefined) return reason;
      continue;
    }
    if (name.startsWith('$') && name !== '$eq' && name !== '$ne' && name !== '$regex')
      return `\`${name}\` takes more than a text`;
    edits.insert(base + value.start, 'str(');
    edits.insert(base + value.end, ')');
  }
  return undefined;
}
