/** The fix of `Markup(text)`: only the author's own HTML is marked, values are escaped as they go in. */
import { ensureImport } from '../edits/addImport';
import { formatMarkup } from '../edits/markupFormat';
import type { SinkHit } from '../flow/machine';
import type { FileContext } from './context';
import type { FixOutcome } from './rule';

export function fixMarkup(context: FileContext, hit: SinkHit): readonly FixOutcome[] {
  if (context.module === undefined) return [];
  const base = context.baseOf(hit.site.tree);
  const usedAt = base + hit.call.start;
  const escape = ensureImport(context.module, { from: 'markupsafe', name: 'escape' }, { usedAt });
  const result = formatMarkup({
    text: context.text,
    call: { node: hit.call, base },
    escapeName: escape.kind === 'edits' ? escape.localName : 'escape',
    isConstant: (node) => context.isConstant(hit.site.tree, node),
  });
  if (result.kind === 'refused')
    return [{ kind: 'refused', reason: `no fix is written, because ${result.reason}` }];
  if (result.needsEscape && escape.kind === 'refused')
    return [{ kind: 'refused', reason: `no fix is written, because ${escape.reason}` }];
  const imports = result.needsEscape && escape.kind === 'edits' ? escape.edits : [];
  const title = result.needsEscape ? 'Escape the value' : 'Escape the values that go into the HTML';
  const edits = [{ file: context.file, isNew: false, edits: [...imports, ...result.edits] }];
  return [{ kind: 'fix', fix: { title, safety: 'safe', edits } }];
}
