/** The fix of template source that holds request data: the values become variables of the template. */
import { moveToContext } from '../edits/templateContext';
import type { SinkHit } from '../flow/machine';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { textParts } from './textParts';

const RENDERERS = new Set(['flask.render_template_string', 'flask.stream_template_string']);

export function fixTemplateSource(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  if (!RENDERERS.has(hit.callee)) return [refused('the values have to be passed where this is rendered')];
  const parts = textParts(context, hit.site, hit.argument, hit.call);
  if ('reason' in parts) return [refused(parts.reason)];
  const call = { node: hit.call, base: context.baseOf(hit.site.tree) };
  const result = moveToContext({ text: context.text, call, parts });
  if (result.kind === 'refused') return [refused(result.reason)];
  const title = result.nValues === 1 ? 'Pass the value to the template' : 'Pass the values to the template';
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  return [{ kind: 'fix', fix: { title, safety: 'review', edits } }];
}
