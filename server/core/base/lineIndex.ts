/** Converts between UTF-16 offsets and lines of one text. Line ends: `\n`, `\r\n` and a lone `\r`. */

/** Zero-based line and character; `character` counts UTF-16 units from the line's start. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export class LineIndex {
  readonly #starts: number[] = [0];
  readonly #length: number;

  constructor(text: string) {
    this.#length = text.length;
    for (let i = 0; i < text.length; i++) {
      const code = text.charCodeAt(i);
      if (code === 10 || (code === 13 && text.charCodeAt(i + 1) !== 10)) this.#starts.push(i + 1);
    }
  }

  get nLines(): number {
    return this.#starts.length;
  }

  /** Offset of the first character of `line`; lines beyond the end give the text's length. */
  lineStart(line: number): number {
    return this.#starts[line] ?? this.#length;
  }

  lineOf(offset: number): number {
    let low = 0;
    let high = this.#starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.#starts[middle] as number) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  toPosition(offset: number): Position {
    const clamped = Math.max(0, Math.min(offset, this.#length));
    const line = this.lineOf(clamped);
    return { line, character: clamped - this.lineStart(line) };
  }

  /** A character beyond the line's end is clamped to the start of the next line, as LSP asks. */
  toOffset(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.#starts.length) return this.#length;
    const limit = this.lineStart(position.line + 1);
    return Math.min(this.lineStart(position.line) + Math.max(0, position.character), limit);
  }
}
