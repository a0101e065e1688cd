/** The same project as other people would have typed it: line ends, indentation, a head with non-ASCII text, one level
 *  deeper. What a fix does must not depend on any of it. */

/** Texts by path. */
export type Project = ReadonlyMap<string, string>;

export interface Style {
  readonly name: string;
  apply(path: string, text: string): string;
  /** `same`: mending and restyling may change places. `quotes`: but for quotes. `lines`: that holds for the lines, in
   *  some order, without their quotes. `none`: the code is another one, and only what every fix promises must hold. */
  readonly keeps: 'same' | 'quotes' | 'lines' | 'none';
}

const isPython = (path: string) => path.endsWith('.py');
const isTemplate = (path: string) => /\.(html?|xml|xhtml|svg|jinja2?|j2)$/.test(path);

export const CRLF: Style = {
  name: 'CRLF',
  keeps: 'same',
  apply: (_path, text) => text.replace(/\r?\n/g, '\r\n'),
};

export const TABS: Style = {
  name: 'tabs',
  keeps: 'same',
  apply: (path, text) => (isPython(path) ? reindent(text, '\t') : text),
};

export const TWO_SPACES: Style = {
  name: 'two spaces',
  keeps: 'same',
  apply: (path, text) => (isPython(path) ? reindent(text, '  ') : text),
};

const TOKENS = /#[^\n]*|"""[\s\S]*?"""|'''[\s\S]*?'''|"(?:[^"\\\n]|\\[\s\S])*"|'(?:[^'\\\n]|\\[\s\S])*'/g;

/** Strings that hold neither quote change theirs. */
export const SINGLE_QUOTES: Style = {
  name: 'single quotes',
  keeps: 'quotes',
  apply: (path, text) =>
    isPython(path)
      ? text.replace(TOKENS, (found) => (/^"[^"'\\]*"$/.test(found) ? `'${found.slice(1, -1)}'` : found))
      : text,
};

/** As some editors leave a file. */
export const OPEN_END: Style = {
  name: 'no line end at the end',
  keeps: 'same',
  apply: (path, text) => (isPython(path) || isTemplate(path) ? text.replace(/\r?\n$/, '') : text),
};

export const BYTE_ORDER_MARK: Style = {
  name: 'byte order mark',
  keeps: 'same',
  apply: (path, text) => (isPython(path) || isTemplate(path) ? `\uFEFF${text}` : text),
};

const HEAD = '# Größe 😀\n"""Läden – 🛒 und mehr."""\n\nfrom __future__ import annotations\n\n# 𝒳 next 🎉\n';

export const HEADED: Style = {
  name: 'docstring, __future__ and emoji in front',
  keeps: 'lines',
  apply(path, text) {
    if (isTemplate(path)) return /\{% extends|<\?xml/.test(text) ? text : `<!-- 😀 𝒳 -->\n${text}`;
    if (!isPython(path)) return text;
    const hasHead = /^(?:[rRuU]?["']|#|from __future__)/.test(text) || text.includes('from __future__');
    return hasHead ? `# 😀 𝒳\n${text}` : HEAD + text;
  },
};

/** What of a text must be equal however it is typed. */
export function essence(text: string, keeps: Style['keeps']): string {
  if (keeps === 'same') return text;
  const plain = text.replace(/\\?["']/g, "'");
  if (keeps === 'quotes') return plain;
  const lines = plain.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.sort().join('\n');
}

/** Everything but the imports at the head, inside of a block. */
export function nested(opening: string): Style {
  return {
    name: `inside ${opening}`,
    keeps: 'none',
    apply(path, text) {
      if (!isPython(path)) return text;
      const head = /^(?:(?:import |from )[^\n(]*\n|\n)*/.exec(text)?.[0] ?? '';
      const body = text.slice(head.length);
      if (body.trim() === '' || /^(?:import|from) |["']{3}/m.test(body)) return text;
      return `${head}${opening}\n${body.replace(/^(?=[^\n])/gm, '    ')}`;
    },
  };
}

export function both(a: Style, b: Style): Style {
  return {
    name: `${a.name}, ${b.name}`,
    keeps: b.keeps === 'same' ? a.keeps : b.keeps,
    apply: (path, text) => b.apply(path, a.apply(path, text)),
  };
}

/** Levels of four spaces become levels of `unit`; what is aligned beyond them stays. */
function reindent(text: string, unit: string): string {
  return text.replace(/^(?: {4})+/gm, (spaces) => unit.repeat(spaces.length / 4));
}
