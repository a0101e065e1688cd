/** What the rules on JavaScript share: which outputs are code already, and the fix that writes JSON. */
import type { Range } from '../base/range';
import { jsonInScript } from '../edits/jinjaScript';
import type { OutputHit } from '../flow/templates';
import type { SinkKind } from '../knowledge/kinds';
import { filterNames } from '../syntax/jinja/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';

const WRITING = new Set(['tojson', 'e', 'escape', 'forceescape']);

/** True where `|safe` is on the value itself: `jinja-safe-filter` reports that. What was written by another filter may
 *  be marked. */
export function isMarked({ output }: OutputHit): boolean {
  const names = filterNames(output.expression);
  return names.includes('safe') && !names.some((name) => WRITING.has(name));
}

/** JSON brings its own double quotes, which end a string around it, and keeps `${`. */
export function scriptKind({ output }: OutputHit): SinkKind {
  const { context } = output;
  const names = filterNames(output.expression);
  if (!names.includes('tojson') || (context.kind !== 'script' && context.kind !== 'attribute'))
    return 'script';
  if (context.stringQuote === '"' || context.stringQuote === '`') return 'attribute';
  const endsValue = context.kind === 'attribute' && context.quote !== "'" && !names.includes('forceescape');
  return endsValue ? 'attribute' : 'script';
}

export interface JsonFix {
  /** The script, or the value of the attribute. */
  readonly within: Range;
  readonly isProven: boolean;
}

/** `"{{ x }}"` → `{{ x|tojson }}`. */
export function fixWithJson(
  context: FileContext,
  { output }: OutputHit,
  fix: JsonFix,
): readonly FixOutcome[] {
  const place = output.context;
  if (place.kind !== 'script' && place.kind !== 'attribute') return [];
  const isAttribute = place.kind === 'attribute';
  const { stringQuote } = place;
  const result = jsonInScript({ text: context.text, output, within: fix.within, stringQuote, isAttribute });
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  const title = `Write the value as JSON with \`|tojson${isAttribute ? '|forceescape' : ''}\``;
  // What is not text may look different as JSON, and what is not defined is an error.
  return [{ kind: 'fix', fix: { title, safety: fix.isProven ? 'safe' : 'review', edits } }];
}
