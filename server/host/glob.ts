/** Glob patterns over paths relative to one folder, as VS Code's settings write them:
 *  `*` and `?` stay inside one part, `**` crosses parts, `{a,b}` chooses, `[a-z]` and `[!a-z]` are classes.
 *  A pattern without a slash matches a name at any depth; a matched folder takes all of its content along. */
import type { FilePath } from '../core/index';

export type PathMatcher = (path: FilePath) => boolean;

/** Total: what is not a well-formed pattern is taken literally. */
export function createPathMatcher(patterns: readonly string[]): PathMatcher {
  const expressions = patterns.filter((pattern) => pattern.trim() !== '').map(toRegExp);
  return (path) => expressions.some((expression) => expression.test(path));
}

function toRegExp(pattern: string): RegExp {
  const anchored = pattern
    .trim()
    .replace(/^\.?\//, '')
    .replace(/\/+$/, '');
  const source = anchored.includes('/') ? anchored : `**/${anchored}`;
  return new RegExp(`^${translate(source)}(?:/|$)`, 'u');
}

function translate(glob: string): string {
  let result = '';
  let braceDepth = 0;
  for (let i = 0; i < glob.length; i++) {
    const char = glob[i] as string;
    if (char === '*') {
      if (glob[i + 1] !== '*') result += '[^/]*';
      else if (glob[i + 2] === '/') {
        result += '(?:[^/]+/)*';
        i += 2;
      } else {
        result += '.*';
        i += 1;
      }
    } else if (char === '?') result += '[^/]';
    else if (char === '{' && glob.includes('}', i)) {
      result += '(?:';
      braceDepth++;
    } else if (char === '}' && braceDepth > 0) {
      result += ')';
      braceDepth--;
    } else if (char === ',' && braceDepth > 0) result += '|';
    else if (char === '[' && glob.indexOf(']', i + 2) > 0) {
      const close = glob.indexOf(']', i + 2);
      result += toClass(glob.slice(i + 1, close));
      i = close;
    } else result += char.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&');
  }
  return result + ')'.repeat(braceDepth);
}

function toClass(body: string): string {
  const isNegated = body.startsWith('!') || body.startsWith('^');
  const members = (isNegated ? body.slice(1) : body).replace(/[\\\][^&~|]/g, '\\$&');
  // A range that runs backwards would not compile: its ends are then taken as they are.
  const isOrdered = [...members.matchAll(/(.)-(.)/gu)].every(([, from, to]) => (from ?? '') <= (to ?? ''));
  return `[${isNegated ? '^' : ''}${isOrdered ? members : members.replaceAll('-', '\\-')}]`;
}
