/** Takes out of a text what nests so deeply that the parser would overflow its stack. Offsets stay. */
import { parseSource, tokenize } from '../../generated/pyrightParser';
import { T } from './pyrightKinds';
import { readLogicalLines } from './scanner';

/** CPython refuses more than 200 nested brackets. */
export const MAX_DEPTH = 200;
/** Lines shorter than this cannot nest deeply enough to matter. */
const MIN_SUSPECT = 500;

/** Blanks what stands inside more than MAX_DEPTH brackets. */
export function withoutDeepBrackets(text: string): string {
  const pieces: string[] = [];
  let depth = 0;
  let position = 0;
  let blankFrom = 0;
  for (const token of tokenize(text)) {
    if (token.type === T.OpenParenthesis || token.type === T.OpenBracket || token.type === T.OpenBrace) {
      if (++depth === MAX_DEPTH + 1) blankFrom = token.start;
    } else if (
      token.type === T.CloseParenthesis ||
      token.type === T.CloseBracket ||
      token.type === T.CloseBrace
    ) {
      if (depth-- !== MAX_DEPTH + 1) continue;
      const end = token.start + token.length;
      pieces.push(text.slice(position, blankFrom), ' '.repeat(end - blankFrom));
      position = end;
    }
  }
  return pieces.join('') + text.slice(position);
}

/** Puts `0` in the place of each logical line that cannot be parsed even alone. */
export function withoutDeepLines(text: string): string {
  let result = '';
  let position = 0;
  for (const { start, end } of readLogicalLines(text, false)) {
    const line = text.slice(start, end).trimEnd();
    if (line.length < MIN_SUSPECT || canParse(line)) continue;
    result += text.slice(position, start) + '0'.padEnd(line.length);
    position = start + line.length;
  }
  return result + text.slice(position);
}

function canParse(text: string): boolean {
  try {
    parseSource(text);
    return true;
  } catch {
    return false;
  }
}
