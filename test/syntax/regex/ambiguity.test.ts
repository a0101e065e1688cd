import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isExponential } from '../../../server/core/syntax/regex/ambiguity';
import { parseRegex } from '../../../server/core/syntax/regex/parse';

describe('patterns that take exponential time', () => {
  it.each([
    '^(a+)+$',
    '(a+)+b',
    '(a*)*b',
    '(?:a|a)*b',
    '^([a-zA-Z0-9]+)*$',
    '^(\\w+\\s?)*$',
    '^(?:\\d+|[a-z0-9]+)+!$',
    '(x+x+)+y',
    '^(([a-z])+.)+[A-Z]([a-z])+$',
    '^(?P<name>[\\w.]+)+@example\\.org$',
    '^([a-z0-9]+[-_]?)+\\.[a-z]{2,}$',
    '"(?:\\\\?[^"])*!"',
    '(?i)^(ab|a|b)+$',
    '^(a{1,}){2,}$',
  ])('%s', (pattern) => {
    expect(isExponential(pattern, false)).toBe(true);
  });
});

describe('patterns that do not', () => {
  it.each([
    '^[a-z]+$',
    '^\\d{4}-\\d{2}-\\d{2}$',
    '^(\\w+\\s)*\\w+$',
    '^(?:[a-z]+,)*[a-z]+$',
    '^([a-z]+|\\d+)$',
    '^(?:a|b)*c$',
    '(a+)+',
    '^(a++)+$',
    '^[\\w.+-]+@[\\w-]+\\.[\\w.-]+$',
    '^(?=.*[a-z])(?=.*\\d)[a-z\\d]{8,}$',
    '"(?:[^"\\\\]|\\\\.)*"',
    '^(https?)://([^/]+)(/.*)?$',
    '^([a-z0-9]+(?:[-_][a-z0-9]+)*)$',
    '(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}',
    '[',
    '(',
    'a{',
    '(?#note)a',
  ])('%s', (pattern) => {
    expect(isExponential(pattern, false)).toBe(false);
  });

  it('unless the whole text must match', () => {
    expect(isExponential('(a+)+', true)).toBe(true);
    expect(isExponential('a+', true)).toBe(false);
  });
});

it('reads any text without an exception, and in bounded time', () => {
  const piece = fc.constantFrom(...'()[]{}|*+?^$\\.-a1,:=!<>P#'.split(''), '(?:', '(?P<n>', '\\w', '{2,}');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      parseRegex(pieces.join(''));
      isExponential(pieces.join(''), true);
    }),
    { numRuns: 300 },
  );
  const start = performance.now();
  isExponential(`^(${'a|'.repeat(2000)}a)+$`, false);
  isExponential(`${'('.repeat(5000)}a${')+'.repeat(5000)}$`, false);
  isExponential(`^${'(a{1,99}){1,99}'.repeat(30)}$`, false);
  expect(performance.now() - start).toBeLessThan(2000);
});
