/** The fix that escapes values where a text is put together: `re.escape(…)`, `shlex.quote(…)` and their like. */
import { ensureImport, type ImportRequest } from '../edits/addImport';
import { EditList } from '../edits/editList';
import { buildsText, type TextPart } from '../edits/formatted';
import type { Refusal } from '../edits/outcome';
import { joinedItems, wrapValues } from '../edits/wrapValues';
import type { SinkHit } from '../flow/machine';
import { activeTaints, isQuotedWord, textParts as textPieces, type Value } from '../flow/values';
import { enclosingFunction } from '../model/scope';
import type { Expression } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, FixSafety } from './rule';
import { cameThrough } from './sourceOf';
import { assignedOnce, scatteredParts, textParts } from './textParts';

export interface WrapFix {
  /** The function that escapes; for `module`, its name within it. */
  readonly import: ImportRequest;
  readonly member?: string;
  /** A function around it where the value is added with `+`. */
  readonly operandWrapper?: string;
  /** Text of the developer's that must not be escaped along with a value. */
  readonly ownText?: RegExp;
  readonly title: string;
  readonly safety: FixSafety;
  readonly replacesQuotes?: boolean;
  /** Why a value that is the whole text cannot be escaped; it is escaped when left out. */
  readonly wholeReason?: string;
  /** Why a text that is built elsewhere, with pieces of the developer's, cannot be escaped as a whole; it can where
   *  nothing is said. */
  readonly mixedReason?: string;
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
  const found = partsOf(context, hit, spec);
  const isWithin = !('reason' in found || spec.replacesQuotes);
  const opened = isWithin ? found.map((part) => valuesOfTemplate(context, hit, part)) : [];
  const isOpened = opened.some((values) => values !== undefined);
  const parts = isOpened && isWithin ? found.flatMap((part, index) => opened[index] ?? [part]) : found;
  const isBuilt =
    'reason' in parts
      ? hasLiteral(hit)
      : isOpened || parts.some(({ node }) => buildsText(node) || joinedItems(node) !== undefined);
  if (!isBuilt) {
    if (spec.wholeReason !== undefined) return { reason: spec.wholeReason };
    if (spec.mixedReason !== undefined && hasLiteral(hit)) return { reason: spec.mixedReason };
    const base = context.baseOf(hit.site.tree);
    const edits = new EditList();
    edits.insert(base + hit.argument.start, `${wrapper}(`);
    edits.insert(base + hit.argument.end, ')');
    return edits.finish(context.text);
  }
  if ('reason' in parts) return parts;
  const isWrapped = (node: Expression) => {
    const value = context.valueOf(hit.site.tree, node);
    return value !== undefined && isQuotedWord(value);
  };
  const result = wrapValues({
    text: context.text,
    parts,
    wrapper,
    operandWrapper: spec.operandWrapper,
    mustWrap: (node) => isVisitors(context, hit, node),
    ...(spec.ownText === undefined ? {} : { piecesOf: piecesWith(context, hit, spec.ownText) }),
    ...(spec.replacesQuotes ? { replacesQuotes: true, isWrapped } : {}),
  });
  return result.kind === 'refused' ? result : result.edits;
}

/** Where a value is put together, if text of the developer's is in it: where its variable is assigned or its list is
 *  filled, or the arguments of the function that makes it. */
function piecesWith(context: FileContext, hit: SinkHit, ownText: RegExp) {
  return (node: Expression, base: number): readonly TextPart[] | undefined => {
    const value = context.valueOf(hit.site.tree, node);
    const isMixed = (one: Value | undefined) =>
      one !== undefined && textPieces(one).some((piece) => 'text' in piece && ownText.test(piece.text));
    if (node.kind === 'Name') {
      const appended = appendedTo(node.id, hit.site);
      const isOwn = (one: Expression) => buildsText(one) || isMixed(context.valueOf(hit.site.tree, one));
      if (appended.some(isOwn)) return appended.map((one) => ({ node: one, base }));
    }
    if (!isMixed(value)) return undefined;
    if (node.kind === 'Name') {
      const made = assignedOnce(node, hit.site);
      return made === node ? [] : [{ node: made, base }];
    }
    return node.kind === 'Call' ? node.args.map((argument) => ({ node: argument.value, base })) : [];
  };
}

/** What the function around puts into a list, one by one or where it is made. */
function appendedTo(name: string, site: SinkHit['site']): readonly Expression[] {
  const owner = enclosingFunction(site);
  return walk(owner?.body ?? []).flatMap((node): readonly Expression[] => {
    if (node.kind === 'Assign' && node.value.kind === 'List')
      return node.targets.some((target) => target.kind === 'Name' && target.id === name)
        ? node.value.elements
        : [];
    if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr.id !== 'append') return [];
    const isOnIt = node.func.value.kind === 'Name' && node.func.value.id === name;
    return isOnIt ? node.args.map(({ value }) => value) : [];
  });
}

/** The values of `TEMPLATE.format(…)` and `TEMPLATE % …`, where the text itself stands elsewhere: each is a part. */
function valuesOfTemplate(
  context: FileContext,
  hit: SinkHit,
  { node, base }: TextPart,
): readonly TextPart[] | undefined {
  const toParts = (values: readonly Expression[]) => values.map((value) => ({ node: value, base }));
  if (buildsText(node)) return undefined;
  if (node.kind === 'Call' && node.func.kind === 'Attribute' && node.func.attr.id === 'format') {
    const isSpread = node.args.some(({ star }) => star !== '');
    return isSpread ? undefined : toParts(node.args.map(({ value }) => value));
  }
  if (node.kind !== 'Binary' || node.op !== '%') return undefined;
  if (node.right.kind === 'Tuple') return toParts(node.right.elements);
  if (node.right.kind === 'Dict') return toParts(node.right.entries.map(({ value }) => value));
  // One value, unless the text has more fields or takes them from a mapping.
  const templates = context.valueOf(hit.site.tree, node.left)?.constants;
  const isPlain = templates?.every((text) => typeof text === 'string' && nFields(text) === 1) === true;
  return isPlain ? toParts([node.right]) : undefined;
}

/** Values are escaped where they go in, on whatever branch that is. Quotes can be followed through one text only. */
export function partsOf(
  context: FileContext,
  hit: SinkHit,
  spec: Pick<WrapFix, 'replacesQuotes'>,
): readonly TextPart[] | Refusal {
  const straight = textParts(context, hit.site, hit.argument, hit.call);
  if (!('reason' in straight)) return straight;
  const scattered = scatteredParts(context, hit.site, hit.argument, hit.call);
  if ('reason' in scattered) return straight;
  const nTexts = scattered.filter(({ isBeginning }) => isBeginning).length;
  return nTexts > 1 && spec.replacesQuotes ? straight : scattered;
}

function nFields(text: string): number {
  return text.includes('%(') ? 0 : text.replaceAll('%%', '').split('%').length - 1;
}

/** The value is put together from pieces, some of them the developer's. */
export function hasLiteral(hit: SinkHit): boolean {
  return textPieces(hit.value).some((piece) => 'text' in piece);
}

function isVisitors(context: FileContext, hit: SinkHit, node: Expression): boolean {
  const value = context.valueOf(hit.site.tree, node);
  return (value !== undefined && activeTaints(value, hit.row.kind).length > 0) || cameThrough(hit, node);
}
