/** Single-character edits as typing makes them: some keep the file whole, some break it, each is undone by the next. */
import type { TextEdit } from '../../server/core/index';
import type { Random } from './generator/random';

/** Pairs of an edit and its undoing; each pair starts from the same text. */
export function createKeystrokes(text: string, nPairs: number, random: Random): TextEdit[] {
  const identifiers = [...text.matchAll(/[A-Za-z_]\w*/g)].map((match) => match.index + match[0].length);
  const edits: TextEdit[] = [];
  for (let i = 0; i < nPairs; i++) edits.push(...keystroke(text, identifiers, random));
  return edits;
}

function keystroke(text: string, identifierEnds: readonly number[], random: Random): [TextEdit, TextEdit] {
  // One in two goes on with a word, one in four puts a sign anywhere, one in four takes a character away.
  const kind = random.below(4);
  if (kind <= 1) return insertion(random.pick(identifierEnds), random.pick(['a', 'e', 'x', '_', '1']));
  const offset = random.below(text.length - 1);
  if (kind === 2)
    return insertion(offset, random.pick(['(', ')', '"', "'", ':', '.', ',', '=', ' ', '\n', '{', '#']));
  const removed = text.charAt(offset);
  return [
    { range: { start: offset, end: offset + 1 }, newText: '' },
    { range: { start: offset, end: offset }, newText: removed },
  ];
}

function insertion(offset: number, newText: string): [TextEdit, TextEdit] {
  return [
    { range: { start: offset, end: offset }, newText },
    { range: { start: offset, end: offset + newText.length }, newText: '' },
  ];
}
