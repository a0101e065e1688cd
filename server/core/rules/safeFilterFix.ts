/** The fix of `|safe`: the filter goes, and Jinja escapes again; in a script, JSON takes its place. */
import { removeFilter } from '../edits/jinjaFilter';
import type { MarkHit, OutputHit } from '../flow/templates';
import { isTainted } from '../flow/values';
import type { JinjaFilter, Output } from '../syntax/jinja/ast';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { fixWithJson } from './scriptOutputs';

export function fixSafeFilter(context: FileContext, { filter, value }: MarkHit): readonly FixOutcome[] {
  if (filter.name !== 'safe')
    return [
      {
        kind: 'refused',
        reason: `no fix is written, because \`${filter.name}\` has to escape what it marks`,
      },
    ];
  const output = outputAround(context, filter);
  if (output !== undefined && isScript(output)) return fixInScript(context, { output, value }, filter);
  const result = removeFilter(context.text, filter);
  if (result.kind === 'refused') return [refused(result.reason)];
  const edits = [{ file: context.file, isNew: false, edits: result.edits }];
  // A value of unknown origin may hold HTML on purpose; in a style, entities would break what was data.
  const safety = isTainted(value, 'html') && (output === undefined || isHtml(output)) ? 'safe' : 'review';
  return [{ kind: 'fix', fix: { title: `Remove \`|${filter.name}\``, safety, edits } }];
}

/** Escaped for HTML, the value would still be wrong there. */
function fixInScript(context: FileContext, hit: OutputHit, filter: JinjaFilter): readonly FixOutcome[] {
  const { context: place, expression } = hit.output;
  if (expression !== filter) return [refused('the value is a part of a script')];
  const within = place.kind === 'attribute' ? place.valueRange : { start: 0, end: context.text.length };
  return fixWithJson(context, hit, { within, isProven: false });
}

function outputAround({ template }: FileContext, filter: JinjaFilter): Output | undefined {
  return template?.outputs.find(({ start, end }) => start <= filter.start && filter.end <= end);
}

function isScript({ context }: Output): boolean {
  return context.kind === 'script' || (context.kind === 'attribute' && context.role === 'eventHandler');
}

/** The browser decodes what Jinja escapes: in text or in a plain attribute. */
function isHtml({ context }: Output): boolean {
  if (context.kind === 'attribute') return context.role === 'plain' || context.role === 'url';
  return context.kind === 'text' || context.kind === 'rcdata';
}
