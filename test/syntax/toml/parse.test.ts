/** Our TOML reader against smol-toml: the same values, and problems exactly where that one refuses the file. */
import fc from 'fast-check';
import { parse } from 'smol-toml';
import { describe, expect, it } from 'vitest';
import type { TomlNode } from '../../../server/core/syntax/toml/ast';
import { parseToml } from '../../../server/core/syntax/toml/parse';

const DOCUMENTS = [
  '',
  '# only a comment',
  'a = 1\nb = "x"\nc = true',
  'a.b.c = 1\na.b.d = 2\n"q u" = 3\n\'l i\' = 4',
  '[a]\nx = 1\n[a.b]\ny = 2\n[c]',
  '[a.b.c]\nx = 1\n[a]\ny = 2',
  '[[p]]\nn = 1\n[[p]]\nn = 2\n[p.q]\nz = 3\n[[p.r]]\nw = 4',
  'a = [1, 2, # two\n 3,\n]\nb = [ [1], ["x", { y = 1 }] ]',
  'a = { b = 1, c.d = "x", e = [1] }',
  'a = """\none\n  two \\\n     three"""\nb = \'\'\'\nraw \\n\'\'\'',
  'a = """"quoted""""\nb = "\\u00e9\\t\\"\\\\"',
  'a = 0x1F\nb = 0o17\nc = 0b101\nd = 1_000\ne = 1.5e3\nf = -0.5\ng = +7',
  'a = 1979-05-27T07:32:00Z\nb = 1979-05-27\nc = 07:32:00\nd = 1979-05-27 07:32:00',
  '[tool.moat]\nexclude = ["tests/**"]\r\n[tool.moat.rules]\r\nsql-injection = "off"\r\n',
  '[fruit]\napple.color = "red"\n[fruit.apple.texture]\nsmooth = true',
  'a = 1 2',
  'a = ',
  'a',
  '= 1',
  '[a',
  '[a]]',
  '[[a]',
  'a = [1, 2',
  'a = [1 2]',
  'a = { b = 1',
  'a = "x',
  'a = "\\q"',
  'a = 01',
  'a = 1__0',
  'a = yes',
  'a = 1\na = 2',
  '[a]\n[a]',
  'a = 1\n[a]',
  'a = {}\n[a.b]',
  'a = []\n[[a]]',
  '[a]\nb.c = 1\n[a.b]',
  '[a.b]\n[a]\nb.c = 1',
];

describe('TOML', () => {
  it.each(DOCUMENTS)('%j is read as smol-toml reads it', (text) => {
    compare(text);
  });

  it('reads what is put together at random as smol-toml reads it', () => {
    const piece = fc.constantFrom(
      ...[
        'a',
        'b',
        '"k k"',
        '.',
        ' = ',
        '=',
        '1',
        '-2.5',
        '"t"',
        "'l'",
        'true',
        'false',
        '[',
        ']',
        '[[',
        ']]',
      ],
      ...[
        '{',
        '}',
        ',',
        ' ',
        '\n',
        '\r\n',
        '# c\n',
        '"""',
        "'''",
        '\\',
        '1979-05-27',
        '[a]\n',
        'a = 1\n',
        '[b.a]\n',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => compare(pieces.join(''))),
      { numRuns: 3000 },
    );
  });

  it('keeps every place inside the text', () => {
    for (const text of DOCUMENTS) {
      const { root, problems } = parseToml(text);
      const check = (node: TomlNode): void => {
        expect(node.range.start).toBeLessThanOrEqual(node.range.end);
        expect(node.range.end).toBeLessThanOrEqual(text.length);
        if (node.kind === 'array') node.items.forEach(check);
        if (node.kind === 'table') for (const entry of node.entries) check(entry.value);
      };
      check(root);
      for (const { range } of problems) expect(range.end).toBeLessThanOrEqual(text.length);
    }
  });

  it('leaves out what is wrong and reads the rest', () => {
    const text = 'a = 1\nb = nope\n[c]\nd = "x\ne = 2\n';
    const { root, problems } = parseToml(text);
    expect(toPlain(root)).toEqual({ a: 1, c: { e: 2 } });
    expect(problems.map(({ range, message }) => [text.slice(range.start, range.end), message])).toEqual([
      ['nope', '`nope` is no value: text needs quotes.'],
      ['"x', 'This string is not closed.'],
    ]);
  });

  it('takes time in proportion to the text', () => {
    for (const piece of ['a = [', '[[a]]\n', 'a.', '{', '"', '"""\n', '[a.b]\n', 'k = 1\n']) {
      const start = performance.now();
      parseToml(piece.repeat(100_000));
      expect(performance.now() - start).toBeLessThan(2000);
    }
  });
});

function compare(text: string): void {
  const { root, problems } = parseToml(text);
  let expected: unknown;
  try {
    expected = parse(text);
  } catch {
    expect(problems, `${JSON.stringify(text)} is refused by smol-toml`).not.toEqual([]);
    return;
  }
  expect(problems, JSON.stringify(text)).toEqual([]);
  expect(toPlain(root), JSON.stringify(text)).toEqual(datesAsText(expected));
}

function toPlain(node: TomlNode): unknown {
  switch (node.kind) {
    case 'table':
      return Object.fromEntries(node.entries.map(({ key, value }) => [key, toPlain(value)]));
    case 'array':
      return node.items.map(toPlain);
    case 'date':
      return '(date)';
    default:
      return node.value;
  }
}

function datesAsText(value: unknown): unknown {
  if (value instanceof Date) return '(date)';
  if (Array.isArray(value)) return value.map(datesAsText);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, datesAsText(item)]));
}
