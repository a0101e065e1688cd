/** Edits of a text that is written as a Python string: quotes and line breaks must not end the string. */
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';

export interface StringText {
  /** Between the quotes. */
  readonly content: Range;
  readonly quote: string;
  readonly isRaw: boolean;
}

/** The edits with their texts escaped; undefined when the string cannot hold them. */
export function escapedEdits(
  edits: readonly TextEdit[],
  { content, quote, isRaw }: StringText,
): readonly TextEdit[] | undefined {
  const escaped: TextEdit[] = [];
  for (const { range, newText } of edits) {
    if (newText.includes('\\')) return undefined;
    const isShort = quote.length === 1;
    if (isShort && /[\r\n]/.test(newText)) return undefined;
    const endsString = isShort || range.end === content.end;
    const char = quote.charAt(0);
    const isQuoted = endsString && newText.includes(char);
    if (isQuoted && isRaw) return undefined;
    escaped.push({ range, newText: isQuoted ? newText.replaceAll(char, `\\${char}`) : newText });
  }
  return escaped;
}
