/** The fix of `|safe`: the filter goes, and Jinja escapes again; in a script, JSON takes its place. */
import { removeFilter } from '../edits/jinjaFilter';
import type { MarkHit, OutputHit } from '../flow/templates';
import { isTainted } from '../flow/values';
import type { JinjaExpression, JinjaFilter, Output } from '../syntax/jinja/ast';
import { filterNames } from '../syntax/jinja/walk';
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
  const marked = ownTags(filter);
  const kept = marked.map(({ end }) => ({ range: { start: end, end }, newText: '|safe' }));
  const edits = [{ file: context.file, isNew: false, edits: [...kept, ...result.edits] }];
  // A value of unknown origin may hold HTML on purpose; in a style, entities would break what was data.
  const isPlain = filterNames(filter).every((name) => PLAIN.has(name));
  const isText = isTainted(value, 'html') && (output === undefined || isHtml(output));
  return [
    {
      kind: 'fix',
      fix: { title: `Remove \`|${filter.name}\``, safety: isPlain && isText ? 'safe' : 'review', edits },
    },
  ];
}

/** Filters that make no HTML of a text. */
const PLAIN = new Set(
  'safe default d e escape trim upper lower title capitalize string truncate first last'.split(' '),
);

/** Tags of the developer's that a filter puts in, `replace("\n", "<br>")`: they stay tags. */
function ownTags(filter: JinjaFilter): readonly JinjaExpression[] {
  const tags: JinjaExpression[] = [];
  for (let at: JinjaExpression | undefined = filter.input; at?.kind === 'Filter'; at = at.input)
    if (at.name === 'replace')
      for (const { value } of at.args.slice(1))
        if (value.kind === 'Literal' && /[<>&]/.test(String(value.value))) tags.push(value);
  return tags;
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
