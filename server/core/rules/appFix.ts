/** Fixes that add lines behind the place where an app is made. */
import type { Call } from '../syntax/python/ast';
import { type AppPlace, appPlace, insertedLines } from './appPlace';
import type { FileContext } from './context';
import { refused } from './refused';
import type { FixOutcome, FixSafety } from './rule';
import type { Located } from './unitNodes';

export const NO_PLACE: FixOutcome = refused('the app has no name of its own where it is made');

export interface AddedLines {
  readonly title: string;
  readonly safety: FixSafety;
  readonly at: 'creation' | 'setUp';
  lines(place: AppPlace): readonly string[];
}

export function addLines(context: FileContext, app: Located<Call>, added: AddedLines): readonly FixOutcome[] {
  const place = appPlace(context, app);
  if (place === undefined) return [NO_PLACE];
  const offset = added.at === 'creation' ? place.afterCreation : place.afterSetUp;
  const edit = insertedLines(context.text, offset, place.indentation, added.lines(place));
  const edits = [{ file: context.file, isNew: false, edits: [edit] }];
  return [{ kind: 'fix', fix: { title: added.title, safety: added.safety, edits } }];
}
