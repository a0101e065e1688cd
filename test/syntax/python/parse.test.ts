/** What the tree says beyond ranges: values of strings and numbers, forms of parameters, places of names. */
import { describe, expect, it } from 'vitest';
import type { StringPiece } from '../../../server/core/syntax/python/ast';
import { parsePython } from '../../../server/core/syntax/python/parse';
import { first } from './nodes';

const slice = (text: string, { start, end }: { readonly start: number; readonly end: number }) =>
  text.slice(start, end);

/** Text pieces as their values, holes as `{source}`. */
function pieces(text: string): string[] {
  return first(text, 'String').tokens.flatMap((token) => token.pieces.map((piece) => shown(text, piece)));
}

function shown(text: string, piece: StringPiece): string {
  return piece.kind === 'Text' ? piece.value : slice(text, piece);
}

describe('strings', () => {
  const values: readonly (readonly [string, string])[] = [
    [String.raw`"a\n\t\\\"\'\a\b\f\v\r"`, 'a\n\t\\"\'\x07\b\f\v\r'],
    [String.raw`"\x41\u00e9\U0001F600\101\0"`, 'Aé😀A\0'],
    [String.raw`"\q\8"`, String.raw`\q\8`],
    [String.raw`r"a\n\""`, String.raw`a\n\"`],
    [String.raw`b"\x41\u0041\n"`, 'A\\u0041\n'],
    ['"a\\\nb"', 'ab'],
    ['"a\\\r\nb"', 'ab'],
    ['"""a\r\nb\rc"""', 'a\nb\nc'],
    [String.raw`"\N{BULLET}"`, '\ufffd'],
    ["'''it's'''", "it's"],
    ['"{{x}}"', '{{x}}'],
  ];
  for (const [text, value] of values) it(text, () => expect(pieces(text)).toEqual([value]));

  it('keeps prefix, quote and the place of the text', () => {
    const text = `x = Rb'a' "" u"""b"""`;
    const { tokens, isBytes } = first(text, 'String');
    expect(isBytes).toBe(true);
    expect(tokens.map(({ prefix, quote, isRaw }) => [prefix, quote, isRaw])).toEqual([
      ['Rb', "'", true],
      ['', '"', false],
      ['u', '"""', false],
    ]);
    expect(tokens.map((token) => token.pieces.map((piece) => slice(text, piece)))).toEqual([
      ['a'],
      [],
      ['b'],
    ]);
  });

  it('tells an unterminated one', () => {
    expect(first('x = "abc', 'String').tokens[0]).toMatchObject({ isUnterminated: false, start: 4, end: 8 });
    expect(parsePython('x = "abc').problems).toEqual([{ start: 4, end: 5, message: 'String is not closed' }]);
  });
});

describe('format strings', () => {
  it('have text and holes', () => {
    expect(pieces('f"a{{b}}{c}d{e!r}{f:>{w}.2f}{g=}"')).toEqual([
      'a{b}',
      '{c}',
      'd',
      '{e!r}',
      '{f:>{w}.2f}',
      '{g=}',
    ]);
  });

  it('have conversion, debug sign and specification', () => {
    const text = 'f"{a!r:>{w}}{b = }{c:{d}}{(e)!s}{ f }"';
    const holes = first(text, 'String').tokens[0]?.pieces.filter((piece) => piece.kind === 'Hole') ?? [];
    expect(
      holes.map((hole) => [
        slice(text, hole.expression),
        hole.conversion,
        hole.isDebug,
        hole.spec?.map((piece) => shown(text, piece)),
      ]),
    ).toEqual([
      ['a', 'r', false, ['>', '{w}']],
      ['b', undefined, true, undefined],
      ['c', undefined, false, ['{d}']],
      ['e', 's', false, undefined],
      ['f', undefined, false, undefined],
    ]);
  });

  it('may be templates, raw, or stand among others', () => {
    const template = first(`t"a{b}"`, 'String');
    expect([template.isTemplate, template.tokens[0]?.isFormat]).toEqual([true, true]);
    expect(pieces(String.raw`rf"\d{x}\{y}"`)).toEqual(['\\d', '{x}', '\\', '{y}']);
    expect(pieces(`("a" f"b{c}" 'd')`)).toEqual(['a', 'b', '{c}', 'd']);
  });

  it('survive faulty holes', () => {
    expect(pieces('f"a{}b{c}"')).toEqual(['a', '{}', 'b', '{c}']);
    expect(pieces('f"a{b c}d{e}"')).toEqual(['a', '{b c}', 'd', '{e}']);
    expect(pieces('f"a{b.}d{e}"')).toEqual(['a', '{b.}', 'd', '{e}']);
    expect(pieces('f"a{b.f(}d{e}"').at(-1)).toBe('{e}');
    expect(pieces('f"{!r}{:x}{=}{e}"')).toEqual(['{!r}', '{:x}', '{=}', '{e}']);
    for (const hole of ['', 'a.', 'a b', '!r', 'f(', 'a[', 'x=']) {
      const call = first(`db.execute(f"a {${hole}} b {c}", (d,))`, 'Call');
      expect(call.args, hole).toHaveLength(2);
    }
  });
});

describe('numbers', () => {
  const numbers: readonly (readonly [string, number | bigint, boolean])[] = [
    ['1_000', 1000, false],
    ['0xFF', 255, false],
    ['0o17', 15, false],
    ['0b11', 3, false],
    ['1.5e3', 1500, false],
    ['.5', 0.5, false],
    ['2.5j', 2.5, true],
    ['9007199254740991', 9007199254740991, false],
    ['9007199254740993', 9007199254740993n, false],
    ['0xdeadbeefdeadbeefdeadbeef', 0xdeadbeefdeadbeefdeadbeefn, false],
  ];
  for (const [text, value, isImaginary] of numbers) {
    it(text, () => expect(first(text, 'Number')).toMatchObject({ value, isImaginary }));
  }
});

describe('parentheses', () => {
  it('are left out of an expression, not out of a tuple or generator', () => {
    for (const [text, kind, expected] of [
      ['x = ((a + b))', 'Binary', 'a + b'],
      ['x = (a)', 'Assign', 'x = (a)'],
      ['x = ((a, b))', 'Tuple', '(a, b)'],
      ['x = a,', 'Tuple', 'a,'],
      ['x = ((i for i in y))', 'Comprehension', '(i for i in y)'],
      ['f(i for i in y)', 'Comprehension', 'i for i in y'],
      ['x = ((yield))', 'Yield', 'yield'],
      ['(a).b', 'Attribute', '(a).b'],
      ['x[(1, 2)]', 'Tuple', '(1, 2)'],
      ['x[(a), b,]', 'Tuple', '(a), b,'],
    ] as const) {
      expect(slice(text, first(text, kind)), text).toBe(expected);
    }
  });

  it('of a call are told', () => {
    for (const [text, expected] of [
      ['(f) (a, b)', '(a, b)'],
      ['f(a)(b)', '(b)'],
      ['f( # x(\n a)', '( # x(\n a)'],
      ['f \\\n ()', '()'],
    ] as const) {
      expect(slice(text, first(text, 'Call').argsRange)).toBe(expected);
    }
  });
});

describe('definitions', () => {
  it('tell the form of each parameter', () => {
    const { params } = first('def f(a, /, b: int = 1, *c, d=2, **e): pass', 'FunctionDef');
    expect(params.map(({ star, name, form }) => `${star}${name.id} ${form}`)).toEqual([
      'a positional',
      'b either',
      '*c positional',
      'd keyword',
      '**e keyword',
    ]);
    expect(first('def f(*, a): pass', 'FunctionDef').params.map(({ form }) => form)).toEqual(['keyword']);
  });

  it('begin with their decorators', () => {
    const text = '@a.b(1)\n@c\nasync  def f(): pass\n';
    const node = first(text, 'FunctionDef');
    expect([node.start, node.defStart, node.isAsync]).toEqual([0, 11, true]);
    expect(node.decorators.map((decorator) => slice(text, decorator))).toEqual(['@a.b(1)', '@c']);
  });

  it('have type parameters', () => {
    const text = 'class A[T: int = str, * Ts, **P](B[T], k=1): pass';
    const node = first(text, 'ClassDef');
    expect(node.typeParams.map((param) => slice(text, param))).toEqual(['T: int = str', '* Ts', '**P']);
    expect(node.args.map((arg) => [arg.name?.id, slice(text, arg.value)])).toEqual([
      [undefined, 'B[T]'],
      ['k', '1'],
    ]);
  });
});

describe('imports', () => {
  it('tell modules, levels and names', () => {
    expect(first('import a.b as c, d', 'Import').names.map(({ name, asName }) => [name, asName?.id])).toEqual(
      [
        ['a.b', 'c'],
        ['d', undefined],
      ],
    );
    const text = 'from ...a.b import (c as d, e)';
    const node = first(text, 'ImportFrom');
    expect([node.module, node.level, slice(text, node.moduleRange)]).toEqual(['a.b', 3, '...a.b']);
    expect(node.names.map((name) => slice(text, name))).toEqual(['c as d', 'e']);
    expect(first('from . import *', 'ImportFrom')).toMatchObject({
      module: '',
      level: 1,
      isStar: true,
      names: [],
    });
    expect(first('lazy import a', 'Import').isLazy).toBe(true);
  });
});

describe('operators', () => {
  it('chain and group', () => {
    expect(first('a or b or c', 'Boolean').values).toHaveLength(3);
    expect(first('(a or b) or c', 'Boolean').values).toHaveLength(2);
    expect(first('a < b not in c is not d', 'Comparison').ops).toEqual(['<', 'not in', 'is not']);
    expect(first('a < (b < c)', 'Comparison').ops).toEqual(['<']);
    expect(first('a //= b', 'AugmentedAssign').op).toBe('//');
    expect(first('a = b = c = 1', 'Assign').targets).toHaveLength(3);
  });
});

describe('units', () => {
  const bodies = (text: string) =>
    parsePython(text).units.map(({ base, tree }) => [
      text.slice(base, base + tree.length),
      tree.body.map((statement) => statement.kind).join(),
    ]);

  it('hold the blank lines and comments before a statement', () => {
    expect(bodies('# a\nx = 1; y = 2\n\n# b\nif x:\n    y\nelse:\n    z\n# c\n')).toEqual([
      ['# a\nx = 1; y = 2\n', 'Assign,Assign'],
      ['\n# b\nif x:\n    y\nelse:\n    z\n', 'If'],
      ['# c\n', ''],
    ]);
    expect(bodies('@a\n# b\n\n@c\ndef f():\n  x\ny')).toHaveLength(2);
    expect(bodies('\ufeffx = 1\ny = 2')).toEqual([
      ['\ufeffx = 1\n', 'Assign'],
      ['y = 2', 'Assign'],
    ]);
  });

  it('list their comments', () => {
    const text = 'x = 1\n# a\ny = [ # b\n  1]  #c';
    expect(parsePython(text).units.map(({ tree }) => tree.comments.map((comment) => comment.text))).toEqual([
      [],
      ['# a', '# b', '#c'],
    ]);
  });

  it('say where they were closed by guess', () => {
    const text = 'foo(a, [b\nx = 1\n';
    const module = parsePython(text);
    expect(module.problems.map(({ start, message }) => [start, message])).toEqual([
      [3, 'Missing )'],
      [7, 'Missing ]'],
    ]);
    expect(module.units.map(({ tree }) => tree.isRepaired)).toEqual([true, false]);
    expect(slice(text, first(text, 'Call'))).toBe('foo(a, [b');
  });
});
