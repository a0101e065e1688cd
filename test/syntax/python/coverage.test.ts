/** Every syntax of Python 3.8 to 3.15 is read without a problem, and with CPython's ranges where CPython told them. */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parsePython } from '../../../server/core/syntax/python/parse';
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

function readJson<T>(name: string): T {
  return JSON.parse(readFileSync(new URL(`./data/${name}`, import.meta.url), 'utf8'));
}

const cases = readJson<readonly Case[]>('syntax.json');
/** By name of the case: `kind,start,end` of each node, written by data/cpython.py. */
const expected = readJson<Readonly<Record<string, string>>>('cpython.json');

describe('Python syntax', () => {
  for (const { name, since, code, holes } of cases) {
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
