/** Collects edits of one text and joins those that touch, so that what comes out is short and never overlaps. */
import type { TextEdit } from '../base/textEdit';

export class EditList {
  readonly #edits: TextEdit[] = [];

  replace(start: number, end: number, newText: string): void {
    this.#edits.push({ range: { start, end }, newText });
  }

  insert(offset: number, newText: string): void {
    this.replace(offset, offset, newText);
  }

  remove(start: number, end: number): void {
    if (end > start) this.replace(start, end, '');
  }

  /** Sorted and joined. A removal inside a larger one is swallowed by it. */
  finish(text: string): TextEdit[] {
    const sorted = this.#edits
      .map((edit, order) => ({ edit, order }))
      .sort((a, b) => a.edit.range.start - b.edit.range.start || a.order - b.order)
      .map(({ edit }) => edit);
    const result: TextEdit[] = [];
    for (const edit of sorted) {
      const last = result.at(-1);
      if (last === undefined || edit.range.start > last.range.end) {
        result.push(edit);
        continue;
      }
      if (edit.range.start < last.range.end && edit.newText !== '') throw new Error('Text edits overlap');
      result[result.length - 1] = {
        range: { start: last.range.start, end: Math.max(last.range.end, edit.range.end) },
        newText: last.newText + edit.newText,
      };
    }
    return result.filter((edit) => text.slice(edit.range.start, edit.range.end) !== edit.newText);
  }
}
