/** The fix of a call that is a fault by one of its options: the option is set to what is safe. */

import type { TextEdit } from '../base/textEdit';
import { givenArgument, setKeyword } from '../edits/callArguments';
import { EditList } from '../edits/editList';
import type { MisuseHit } from '../flow/machine';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, FixSafety } from './rule';

export interface OptionFix {
  readonly name: string;
  /** Where it stands when it is given without its name. */
  readonly position?: number;
  /** What it becomes, as source. */
  readonly value: string;
  readonly title: string;
  readonly safety: FixSafety;
  /** Edits that go with it, such as an import. */
  readonly more?: readonly TextEdit[];
}

export function fixOption(context: FileContext, hit: MisuseHit, fix: OptionFix): readonly FixOutcome[] {
  const { call, site } = hit;
  if (call === undefined) return [];
  const base = context.baseOf(site.tree);
  const given = givenArgument(call, fix.name, fix.position);
  if (given === undefined && call.args.some(({ star }) => star !== ''))
    return [refused(`\`${fix.name}\` may come from elsewhere`)];
  const edits = new EditList();
  if (given !== undefined) edits.replace(base + given.value.start, base + given.value.end, fix.value);
  else setKeyword(context.text, { node: call, base }, fix.name, fix.value, edits);
  for (const { range, newText } of fix.more ?? []) edits.replace(range.start, range.end, newText);
  const all = [{ file: context.file, isNew: false, edits: edits.finish(context.text) }];
  return [{ kind: 'fix', fix: { title: fix.title, safety: fix.safety, edits: all } }];
}
