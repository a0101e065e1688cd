/** Offsets of the core against positions of the protocol. Nothing else in the server counts lines. */
import type { Position, Range, TextDocumentContentChangeEvent } from 'vscode-languageserver';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { LineIndex, type Range as OffsetRange, type TextEdit } from '../core/index';

/** Line starts of one text. */
export interface Lines {
  toPosition(offset: number): Position;
  toOffset(position: Position): number;
}

export function linesOf(text: string): Lines {
  return new LineIndex(text);
}

export function linesOfDocument(document: TextDocument): Lines {
  return {
    toPosition: (offset) => document.positionAt(offset),
    toOffset: (position) => document.offsetAt(position),
  };
}

export function toLspRange(lines: Lines, range: OffsetRange): Range {
  return { start: lines.toPosition(range.start), end: lines.toPosition(range.end) };
}

export function fromLspRange(lines: Lines, range: Range): OffsetRange {
  const start = lines.toOffset(range.start);
  return { start, end: Math.max(start, lines.toOffset(range.end)) };
}

/** Applies the client's changes to `document` and gives them as text edits, each for the text before it.
 *  Undefined if one of them replaces the whole text. */
export function applyContentChanges(
  document: TextDocument,
  changes: readonly TextDocumentContentChangeEvent[],
  version: number,
): readonly TextEdit[] | undefined {
  const edits: TextEdit[] = [];
  let isWhole = false;
  for (const change of changes) {
    if ('range' in change) {
      const start = document.offsetAt(change.range.start);
      const end = document.offsetAt(change.range.end);
      edits.push({ range: { start: Math.min(start, end), end: Math.max(start, end) }, newText: change.text });
    } else isWhole = true;
    TextDocument.update(document, [change], version);
  }
  if (changes.length === 0) TextDocument.update(document, [], version);
  return isWhole ? undefined : edits;
}
