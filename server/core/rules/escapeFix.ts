/** The fix that escapes a value for HTML where the text is put together. */
import type { SinkHit, WriteHit } from '../flow/machine';
import { RESPONSE_MAKERS } from '../flow/responses';
import { KNOWLEDGE } from '../knowledge/index';
import { enclosingFunction } from '../model/scope';
import type { Node } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, FixSafety } from './rule';
import { assignedOnce } from './textParts';
import { fixByWrapping, partsOf } from './wrapFix';

/** `"<p>" + escape(x)` would escape the tag as well, since `escape` gives `Markup`: there `html.escape` it is. */
export function escapeForHtml(context: FileContext, sent: SinkHit, safety: FixSafety): readonly FixOutcome[] {
  const hit = withinResponse(context, sent);
  if (isJson(context, hit)) return [refused('JSON is not escaped, but sent as JSON: see `json-as-html`')];
  const found = partsOf(context, hit, {});
  const parts = 'reason' in found ? [] : found.map(({ node }) => node);
  const nodes = walk([hit.argument, assignedOnce(hit.argument, hit.site), ...parts]);
  // A text that goes on growing is added up as well, as it is with `+=`.
  const isAdded = parts.length > 1 || nodes.some((node) => node.kind === 'Binary' && node.op === '+');
  // What is joined may have been formatted when it was put into its list.
  const isJoined = nodes.some((node) => node.kind === 'Attribute' && node.attr.id === 'join');
  const isFormatted = (isJoined ? walk(enclosingFunction(hit.site)?.body ?? nodes) : nodes).some(formats);
  return fixByWrapping(context, hit, {
    ...(isAdded && !isFormatted
      ? { import: { module: 'html' }, member: 'escape' }
      : { import: { from: 'markupsafe', name: 'escape' } }),
    ...(isAdded && isFormatted ? { operandWrapper: 'str' } : {}),
    ownText: /[<>&]/,
    title: 'Escape the value',
    safety,
    mixedReason: 'the text may hold tags of your own',
  });
}

function isJson({ project }: FileContext, { argument, site }: SinkHit): boolean {
  const made = assignedOnce(argument, site);
  return (
    made.kind === 'Call' &&
    project.resolver
      .resolve(made.func, site)
      .some((ref) => ref.kind === 'external' && /(?:^|\.)json\.dumps$/.test(ref.name))
  );
}

/** Values that are formatted may be no texts, which `html.escape` does not take. */
function formats(node: Node): boolean {
  if (node.kind === 'String')
    return node.tokens.some(({ pieces }) => pieces.some(({ kind }) => kind === 'Hole'));
  if (node.kind === 'Binary') return node.op === '%';
  return node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr.id === 'format';
}

/** The same for a text that is written to an attribute, such as `message.html = …`. */
export function escapeWritten(context: FileContext, hit: WriteHit, safety: FixSafety): readonly FixOutcome[] {
  const written = hit.site.tree.body
    .flatMap((statement) => walk(statement))
    .find((node) => node.kind === 'Assign' && node.targets.includes(hit.target));
  if (written?.kind !== 'Assign') return [];
  const argument = written.value;
  const { start, end } = argument;
  const call = { kind: 'Call', start, end, func: argument, args: [], argsRange: { start, end } } as const;
  const row = { kind: hit.row.kind, argument: { position: 0 } } as const;
  const { site, value, path } = hit;
  return escapeForHtml(context, { row, callee: path, site, call, argument, value, isTyped: true }, safety);
}

/** The text inside of `Response(…)`, `make_response(…)` or the variable that holds one of them. */
function withinResponse(context: FileContext, hit: SinkHit): SinkHit {
  const call = assignedOnce(hit.argument, hit.site);
  if (call.kind !== 'Call') return hit;
  const isResponse = context.project.resolver
    .resolve(call.func, hit.site)
    .some((ref) => ref.kind === 'external' && RESPONSE_MAKERS.has(KNOWLEDGE.canonical(ref.name)));
  const body = isResponse
    ? call.args.find(({ name }) => name === undefined || name.id === 'response')
    : undefined;
  if (body === undefined || body.star !== '') return hit;
  const value = context.valueOf(hit.site.tree, body.value) ?? hit.value;
  return { ...hit, call, argument: body.value, value };
}
