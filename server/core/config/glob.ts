/** Glob patterns over paths inside a folder: `*` and `?` within a part, `**` over parts, `[abc]`, `{a,b}`.
 *  A pattern without `/` matches at any depth; one that names a folder matches all below it. */
import type { FilePath } from '../base/filePath';

export type PathMatcher = (path: FilePath) => boolean;

/** Total: a pattern that makes no sense matches nothing. */
export function createPathMatcher(patterns: readonly string[]): PathMatcher {
  const expressions = patterns.map(toExpression).filter((expression) => expression !== undefined);
  return (path) => expressions.some((expression) => expression.test(path));
}

function toExpression(pattern: string): RegExp | undefined {
  const trimmed = pattern
    .trim()
    .replaceAll('\\', '/')
    .replace(/^\.?\/+/, '')
    .replace(/\/+$/, '');
  if (trimmed === '') return undefined;
  const isAnchored = trimmed.includes('/') || pattern.trim().startsWith('/');
  try {
    return new RegExp(`^${isAnchored ? '' : '(?:.*/)?'}${translate(trimmed)}(?:/.*)?$`, 'u');
  } catch {
    return undefined; // such as an inverted range in brackets: the pattern matches nothing
  }
}

function translate(pattern: string): string {
  let result = '';
  let nBraces = 0;
  for (let i = 0; i < pattern.length; i++) {
    const char = pattern.charAt(i);
    if (char === '*') {
      const [piece, length] = translateStars(pattern, i);
      result += piece;
      i += length - 1;
    } else if (char === '?') result += '[^/]';
    else if (char === '{') {
      nBraces++;
      result += '(?:';
    } else if (char === '}' && nBraces > 0) {
      nBraces--;
      result += ')';
    } else if (char === ',' && nBraces > 0) result += '|';
    else if (char === '[' && pattern.indexOf(']', i + 2) > 0) {
      const close = pattern.indexOf(']', i + 2);
      result += `[${pattern
        .slice(i + 1, close)
        .replace(/^!/, '^')
        .replace(/[[\\]/g, '\\$&')}]`;
      i = close;
    } else result += char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  }
  return result + ')'.repeat(nBraces);
}

/** Regular expression for the stars at `start`, and how many characters of the pattern it stands for. */
function translateStars(pattern: string, start: number): readonly [string, number] {
  if (pattern.charAt(start + 1) !== '*') return ['[^/]*', 1];
  return pattern.charAt(start + 2) === '/' ? ['(?:[^/]+/)*', 3] : ['.*', 2];
}
