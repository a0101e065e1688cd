import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readFormatted } from '../../../server/core/edits/formatted';
import {
  indentationAt,
  lineEndOf,
  needsParentheses,
  type Place,
  preferredQuote,
  pythonString,
} from '../../../server/core/edits/pythonText';
import { lastValueOf, moduleOf } from './support';

describe('lineEndOf', () => {
  it.each([
    ['', '\n'],
    ['a\r\nb\n', '\r\n'],
    ['a\nb', '\n'],
    ['a\rb', '\r'],
  ])('%j', (text, expected) => {
    expect(lineEndOf(text)).toBe(expected);
  });
});

it('keeps tabs and spaces of an indentation', () => {
  expect(indentationAt('if x:\n\t  y = 1', 9)).toBe('\t  ');
});

describe('preferredQuote', () => {
  it.each([
    [`a = 'x'\nb = 'y'\nc = "z"`, "'"],
    ['a = "x"', '"'],
    ['', '"'],
  ])('%j', (text, expected) => {
    expect(preferredQuote(text)).toBe(expected);
  });
});

describe('needsParentheses', () => {
  const CASES: readonly (readonly [string, Place, boolean])[] = [
    ['a', 'primary', false],
    ['a.b[c](d)', 'primary', false],
    ['1', 'primary', true],
    ['a + b', 'primary', true],
    ['a + b', 'operand', false],
    ['a | b', 'operand', true],
    ['a if b else c', 'operand', true],
    ['a if b else c', 'element', false],
    ['lambda: 1', 'hole', true],
    ['(x := 1)', 'element', true],
    ['a, b', 'element', true],
    ['(a, b)', 'element', false],
    ['(x for x in y)', 'element', true],
  ];
  for (const [source, place, expected] of CASES)
    it(`${source} as ${place}`, () => {
      expect(needsParentheses(lastValueOf(moduleOf(`v = ${source}\n`), 'v').node, place)).toBe(expected);
    });
});

/** Characters that Python or formatting treat specially, and some others. */
const character = fc.oneof(
  fc.constantFrom(...`'"\\{}%\n\r\t\0\u00e9\u2028\ufeff`, '😀', ':', '#', 'N', 'x', 'u'),
  fc.string({ minLength: 1, maxLength: 1, unit: 'grapheme' }),
);
const literalText = fc.array(character, { maxLength: 12 }).map((parts) => parts.join(''));

describe('string literals', () => {
  it('mean what they were made from', () => {
    fc.assert(
      fc.property(literalText, fc.constantFrom('"' as const, "'" as const), (value, quote) => {
        const value2 = lastValueOf(moduleOf(`v = ${pythonString(value, quote)}\n`), 'v').node;
        const pieces = value2.kind === 'String' ? value2.tokens.flatMap((token) => token.pieces) : [];
        expect(pieces.map((piece) => (piece.kind === 'Text' ? piece.value : '?')).join('')).toBe(value);
      }),
      { numRuns: 300 },
    );
  });

  it('split into atoms that cover the source and add up to the value', () => {
    fc.assert(
      fc.property(literalText, fc.constantFrom('', 'f'), (value, prefix) => {
        const inside = pythonString(value, '"').slice(1, -1);
        const source = prefix === 'f' ? inside.replace(/[{}]/g, '$&$&') : inside;
        const text = `v = ${prefix}"${source}"\n`;
        const operands = readFormatted(text, [lastValueOf(moduleOf(text), 'v')]);
        const atoms = operands[0]?.atoms ?? [];
        expect(atoms.map((atom) => (atom.kind === 'char' ? atom.value : '?')).join('')).toBe(value);
        expect(atoms.map((atom) => text.slice(atom.start, atom.end)).join('')).toBe(source);
      }),
      { numRuns: 300 },
    );
  });
});
