/** The fix that escapes values where a text is put together: `re.escape(…)`, `shlex.quote(…)` and their like. */
import { ensureImport, type ImportRequest } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { buildsText } from '../edits/formatted';
import { wrapValues } from '../edits/wrapValues';
import type { SinkHit } from '../flow/machine';
import { activeTaints, textParts as piecesOf } from '../flow/values';
import type { Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import type { FixOutcome, FixSafety } from './rule';
import { textParts } from './textParts';

export interface WrapFix {
  /** The function that escapes; for `module`, its name within it. */
  readonly import: ImportRequest;
  readonly member?: string;
  readonly title: string;
  readonly safety: FixSafety;
  readonly replacesQuotes?: boolean;
  /** Why a value that is the whole text cannot be escaped; it is escaped when left out. */
  readonly wholeReason?: string;
}

export function fixByWrapping(context: FileContext, hit: SinkHit, spec: WrapFix): readonly FixOutcome[] {
  if (context.module === undefined) return [];
  const base = context.baseOf(hit.site.tree);
  const imported = ensureImport(context.module, spec.import, { usedAt: base + hit.call.start });
  if (imported.kind === 'refused') return [refused(imported.reason)];
  const wrapper = spec.member === undefined ? imported.localName : `${imported.localName}.${spec.member}`;
  const edits = wrappingEdits(context, hit, spec, wrapper);
  if ('reason' in edits) return [refused(edits.reason)];
  const all = [{ file: context.file, isNew: false, edits: [...imported.edits, ...edits] }];
  return [{ kind: 'fix', fix: { title: spec.title, safety: spec.safety, edits: all } }];
}

function wrappingEdits(context: FileContext, hit: SinkHit, spec: WrapFix, wrapper: string) {
  const parts = textParts(context, hit.site, hit.argument, hit.call);
  const isBuilt = 'reason' in parts ? hasLiteral(hit) : parts.some(({ node }) => buildsText(node));
  if (!isBuilt) {
    if (spec.wholeReason !== undefined) return { reason: spec.wholeReason };
    const base = context.baseOf(hit.site.tree);
    const edits = new EditList();
    edits.insert(base + hit.argument.start, `${wrapper}(`);
    edits.insert(base + hit.argument.end, ')');
    return edits.finish(context.text);
  }
  if ('reason' in parts) return parts;
  const result = wrapValues({
    text: context.text,
    parts,
    wrapper,
    mustWrap: (node) => isVisitors(context, hit, node),
    ...(spec.replacesQuotes ? { replacesQuotes: true } : {}),
  });
  return result.kind === 'refused' ? result : result.edits;
}

/** The value is put together from pieces, some of them the developer's. */
function hasLiteral(hit: SinkHit): boolean {
  return piecesOf(hit.value).some((piece) => 'text' in piece);
}

function isVisitors(context: FileContext, hit: SinkHit, node: Expression): boolean {
  const value = context.valueOf(hit.site.tree, node);
  return value !== undefined && activeTaints(value, hit.row.kind).length > 0;
}

function refused(reason: string): FixOutcome {
  return { kind: 'refused', reason: `no fix is written, because ${reason}` };
}
