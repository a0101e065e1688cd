/** Guesses where a triple-quoted string that lost its quotes was meant to end. Only asked in half-typed files. */
import { indentAt, isFirstInLine, lineEnd, lineStartOf, trimmedEnd } from './scanText';

/** Where they occur and something is open, one of them may be the culprit. */
export const TRIPLE_QUOTES = /"""|'''/;

/** A line in a string that looks like code: group 1 is its indentation. */
const CODE_IN_STRING =
  /^([ \t]*)(?:@[A-Za-z_][\w.]*\s*(?:\(|$)|(?:async[ \t]+)?def[ \t]+\w+[ \t]*\(|class[ \t]+\w+[ \t]*[(:]|import[ \t]+\w+|from[ \t]+[.\w]+[ \t]+import\b)/gm;
/** A line in a docstring that can hardly be prose. */
const CODE_IN_DOCSTRING =
  /^([ \t]*)(?:[A-Za-z_][\w.]*(?:\[[^\]\n\r]*\])? ?(?:=|\+=) ?[\w"'([{]|[A-Za-z_]\w*(?:\.\w+)*\([^\n\r]*\)[ \t]*\r?$|(?:if|for|while|with|try|elif|else|except|finally)\b[^\n\r]*:[ \t]*\r?$)/gm;

/** Start of the code that the string whose text is [from, to) swallowed, if it looks like it did. `indent` is that of
 *  the string's statement. */
export function swallowedCode(
  text: string,
  { from, to, indent, isDocstring }: { from: number; to: number; indent: number; isDocstring: boolean },
): number | undefined {
  // Examples in a docstring are not indented less than it.
  const strict = isDocstring && indent > 0 ? indent - 1 : indent;
  const found = codeLineIn(CODE_IN_STRING, text, from, to, strict);
  return isDocstring ? (codeLineIn(CODE_IN_DOCSTRING, text, from, found ?? to, indent) ?? found) : found;
}

/** True if what follows the quotes at `end` shows that they open a string: text, or a docstring's place. */
export function isDoubtful(text: string, end: number): boolean {
  const rest = /^[ \t]*([^\r\n]{0,8})/.exec(text.slice(end + 3, end + 103))?.[1] ?? '';
  if (rest !== '' && !/^(?:[)\],.:%;#}+*[\\]|(?:if|in|and|or|for|else|not|is|as)\b)/.test(rest)) return true;
  if (!isFirstInLine(text, end)) return false;
  const lineStart = lineStartOf(text, end);
  const before = trimmedEnd(text, 0, lineStart);
  return (
    text[before - 1] === ':' && /^[ \t]*(?:async\s|def\s|class\s)/.test(text.slice(lineStartOf(text, before)))
  );
}

/** Start of the first line in [from, to) that looks like code and is indented by at most `indent`. */
function codeLineIn(
  pattern: RegExp,
  text: string,
  from: number,
  to: number,
  indent: number,
): number | undefined {
  // The first line stands behind the quotes. A slice keeps the search from running on to the end of the file.
  const lines = text.slice(from, to);
  pattern.lastIndex = lineEnd(lines, 0);
  for (let match = pattern.exec(lines); match; match = pattern.exec(lines)) {
    if (indentAt(lines, match.index) <= indent) return from + match.index;
  }
  return undefined;
}
