/** The fix that escapes a value for HTML where the text is put together. */
import type { SinkHit, WriteHit } from '../flow/machine';
import { RESPONSE_MAKERS } from '../flow/responses';
import { KNOWLEDGE } from '../knowledge/index';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import type { FixOutcome, FixSafety } from './rule';
import { assignedOnce } from './textParts';
import { fixByWrapping } from './wrapFix';

/** `"<p>" + escape(x)` would escape the tag as well, since `escape` gives `Markup`: there `html.escape` it is. */
export function escapeForHtml(context: FileContext, sent: SinkHit, safety: FixSafety): readonly FixOutcome[] {
  const hit = withinResponse(context, sent);
  const built = [hit.argument, assignedOnce(hit.argument, hit.site)];
  const isAdded = walk(built).some((node) => node.kind === 'Binary' && node.op === '+');
  return fixByWrapping(context, hit, {
    import: isAdded ? { module: 'html' } : { from: 'markupsafe', name: 'escape' },
    ...(isAdded ? { member: 'escape' } : {}),
    title: 'Escape the value',
    safety,
    mixedReason: 'the text may hold tags of your own',
  });
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
