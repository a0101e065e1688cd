/** Every syntax of Python 3.8 to 3.15 is read without a problem, and with CPython's ranges where CPython told them. */
import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../server/core/syntax/python/parse';
import cpython from './data/cpython.json';
import cases from './data/syntax.json';
import { breach } from './invariants';
import { holesOf, spans } from './nodes';

interface Case {
  readonly name: string;
  /** Version of Python that brought it. */
  readonly since: string;
  readonly code: string;
  /** Sources of all expressions in holes of format strings. */
  readonly holes?: readonly string[];
}

const expected: Readonly<Record<string, string>> = cpython;

describe('Python syntax', () => {
  for (const { name, since, code, holes } of cases as readonly Case[]) {
    it(`${since}: ${name}`, () => {
      const module = parsePython(code);
      expect(module.problems).toEqual([]);
      expect(module.isClean).toBe(true);
      expect(breach(module)).toBeUndefined();
      if (expected[name]) expect(spans(module)).toEqual(expected[name].split(' ').sort());
      if (holes) expect(holesOf(module).sort()).toEqual([...holes].sort());
    });
  }

  it('covers what CPython confirmed', () => {
    expect(Object.keys(expected).length).toBeGreaterThanOrEqual(50);
  });
});
