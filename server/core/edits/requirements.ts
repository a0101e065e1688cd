/** Adds a package to `requirements.txt`, once. */
import type { TextEdit } from '../base/textEdit';
import { lineEndOf } from './pythonText';

/** Empty when the package is listed already, in whatever spelling. @see PEP 503 */
export function ensureRequirement(text: string, name: string): readonly TextEdit[] {
  const wanted = normalized(name);
  const lines = text.split(/\r\n|\n|\r/);
  const isListed = lines.some((line) => {
    const found = /^\s*([A-Za-z0-9][\w.-]*)/.exec(line);
    return found !== null && normalized(found[1] as string) === wanted;
  });
  if (isListed) return [];
  const end = lineEndOf(text);
  const isClosed = text === '' || /[\r\n]$/.test(text);
  const range = { start: text.length, end: text.length };
  return [{ range, newText: `${isClosed ? '' : end}${name}${isClosed ? end : ''}` }];
}

function normalized(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}
