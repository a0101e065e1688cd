/** Composes edits that follow one another into one set of edits to the first text. */
import type { Range } from './range';
import type { TextEdit } from './textEdit';

type Piece =
  | { readonly kind: 'original'; readonly range: Range }
  | { readonly kind: 'new'; readonly text: string };

/** A text and what has been done to it. */
export class PieceTable {
  readonly #original: string;
  #pieces: readonly Piece[];

  constructor(original: string) {
    this.#original = original;
    this.#pieces = [{ kind: 'original', range: { start: 0, end: original.length } }];
  }

  get text(): string {
    return this.#pieces.map((piece) => this.#textOf(piece)).join('');
  }

  /** Edits that do not overlap; their ranges refer to the present `text`. */
  apply(edits: readonly TextEdit[]): void {
    for (const edit of [...edits].sort((a, b) => b.range.start - a.range.start)) this.#replace(edit);
  }

  /** Edits of the original that give the present text. */
  edits(): readonly TextEdit[] {
    const edits: TextEdit[] = [];
    let position = 0;
    let inserted = '';
    const flush = (end: number) => {
      if (inserted !== '' || end > position)
        edits.push({ range: { start: position, end }, newText: inserted });
      inserted = '';
    };
    for (const piece of this.#pieces) {
      if (piece.kind === 'new') {
        inserted += piece.text;
        continue;
      }
      flush(piece.range.start);
      position = piece.range.end;
    }
    flush(this.#original.length);
    return edits;
  }

  #textOf(piece: Piece): string {
    return piece.kind === 'new' ? piece.text : this.#original.slice(piece.range.start, piece.range.end);
  }

  #replace({ range, newText }: TextEdit): void {
    const pieces: Piece[] = [];
    let offset = 0;
    let isPlaced = false;
    const place = () => {
      if (!isPlaced && newText !== '') pieces.push({ kind: 'new', text: newText });
      isPlaced = true;
    };
    for (const piece of this.#pieces) {
      const length = this.#textOf(piece).length;
      const [start, end] = [offset, offset + length];
      offset = end;
      if (end <= range.start && !(end === range.start && start === end)) pieces.push(piece);
      else if (start >= range.end) {
        place();
        pieces.push(piece);
      } else {
        if (start < range.start) pieces.push(part(piece, 0, range.start - start));
        place();
        if (end > range.end) pieces.push(part(piece, range.end - start, length));
      }
    }
    place();
    this.#pieces = pieces;
  }
}

function part(piece: Piece, from: number, to: number): Piece {
  if (piece.kind === 'new') return { kind: 'new', text: piece.text.slice(from, to) };
  return { kind: 'original', range: { start: piece.range.start + from, end: piece.range.start + to } };
}
