/** The fix that escapes a value for HTML where the text is put together. */
import type { SinkHit } from '../flow/machine';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import type { FixOutcome, FixSafety } from './rule';
import { assignedOnce } from './textParts';
import { fixByWrapping } from './wrapFix';

/** `"<p>" + escape(x)` would escape the tag as well, since `escape` gives `Markup`: there `html.escape` it is. */
export function escapeForHtml(context: FileContext, hit: SinkHit, safety: FixSafety): readonly FixOutcome[] {
  const built = [hit.argument, assignedOnce(hit.argument, hit.site)];
  const isAdded = walk(built).some((node) => node.kind === 'Binary' && node.op === '+');
  return fixByWrapping(context, hit, {
    import: isAdded ? { module: 'html' } : { from: 'markupsafe', name: 'escape' },
    ...(isAdded ? { member: 'escape' } : {}),
    title: 'Escape the value',
    safety,
  });
}
