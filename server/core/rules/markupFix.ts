/** The fix of `Markup(text)`: only the author's own HTML is marked, values are escaped as they go in. */
import { ensureImport } from '../edits/addImport';
import { formatMarkup } from '../edits/markupFormat';
import type { SinkHit } from '../flow/machine';
import { literalText } from '../syntax/python/literals';
import type { FileContext } from './context';
import { escapeForHtml } from './escapeFix';
import { refused } from './refused';
import type { FixOutcome } from './rule';
import { hasLiteral } from './wrapFix';

export function fixMarkup(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  if (context.module === undefined) return [];
  const base = context.baseOf(hit.site.tree);
  const usedAt = base + hit.call.start;
  const escapeImport = ensureImport(context.module, { from: 'markupsafe', name: 'escape' }, { usedAt });
  const result = formatMarkup({
    text: context.text,
    call: { node: hit.call, base },
    escapeName: escapeImport.kind === 'edits' ? escapeImport.localName : 'escape',
    isConstant: (node) => context.isConstant(hit.site.tree, node),
  });
  if (result.kind === 'refused') return [refused(result.reason)];
  // The text is put together elsewhere: as a whole it would lose the author's own tags.
  if (result.needsEscape && hit.argument.kind === 'Name' && hasLiteral(hit))
    return escapeForHtml(context, hit, 'safe');
  if (result.needsEscape && (isJoined(hit) || bringsTags(hit)))
    return [refused('the joined texts may hold tags of your own')];
  if (result.needsEscape && escapeImport.kind === 'refused') return [refused(escapeImport.reason)];
  const imports = result.needsEscape && escapeImport.kind === 'edits' ? escapeImport.edits : [];
  const title = result.needsEscape ? 'Escape the value' : 'Escape the values that go into the HTML';
  const edits = [{ file: context.file, isNew: false, edits: [...imports, ...result.edits] }];
  return [{ kind: 'fix', fix: { title, safety: 'safe', edits } }];
}

/** `_("Saved <b>%(name)s</b>", name=name)` */
function bringsTags({ argument }: SinkHit): boolean {
  return (
    argument.kind === 'Call' && argument.args.some(({ value }) => literalText(value)?.includes('<') === true)
  );
}

function isJoined({ argument }: SinkHit): boolean {
  return argument.kind === 'Call' && argument.func.kind === 'Attribute' && argument.func.attr.id === 'join';
}
