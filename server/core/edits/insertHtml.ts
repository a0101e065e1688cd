/** Puts HTML into an element, laid out like what stands there. */
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';

/** Right behind the opening tag: on a line of its own where the element's content has one, else on the same line. */
export function firstInElement(text: string, open: Range, html: string): TextEdit {
  const range = { start: open.end, end: open.end };
  const rest = /^[ \t]*(\r?\n)(?:[ \t]*\r?\n)*([ \t]*)(?=\S)/.exec(text.slice(open.end, open.end + 2000));
  if (rest === null) return { range, newText: html };
  const [, lineEnd = '\n', indentation = ''] = rest;
  const isEmpty = text.slice(open.end + rest[0].length).startsWith('</');
  return { range, newText: `${lineEnd}${isEmpty ? `${indentation}  ` : indentation}${html}` };
}

/** Behind the last attribute of an opening tag. */
export function lastAttribute(text: string, tag: Range, attribute: string): TextEdit {
  let end = tag.end - 1;
  if (text.charAt(end - 1) === '/') end--;
  while (/\s/.test(text.charAt(end - 1))) end--;
  return { range: { start: end, end }, newText: ` ${attribute}` };
}
