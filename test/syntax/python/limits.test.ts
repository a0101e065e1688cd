/** Whatever the text: no throw, in time (the runner's limit), sound ranges, a problem that says what was not read. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Module } from '../../../server/core/syntax/python/ast';
import { MAX_LENGTH, parsePython } from '../../../server/core/syntax/python/parse';
import { walk } from '../../../server/core/syntax/python/walk';
import { breach } from './invariants';
import { SAMPLES } from './samples';

function nodeCount(module: Module): number {
  return module.units.reduce((count, unit) => count + walk(unit.tree.body).length, 0);
}

function kinds(module: Module): string[] {
  return module.units.flatMap((unit) => unit.tree.body.map((statement) => statement.kind));
}

const AFTER = '\ny = 1\ndef f(): pass\n';

describe('long chains', () => {
  const chains: readonly (readonly [string, string, number])[] = [
    ['additions', `x = ${'a + '.repeat(5000)}a`, 10000],
    ['calls', `x = a${'.f(1)[2]'.repeat(2000)}`, 10000],
    ['or', `x = ${'a or '.repeat(5000)}a`, 5000],
    ['comparisons', `x = ${'a < '.repeat(500)}a`, 500],
    ['strings', `x = (${'"a"\n'.repeat(5000)})`, 1],
    ['elements', `x = [${'1, '.repeat(50000)}]`, 50000],
    ['assignments', `${'a = '.repeat(5000)}1`, 5000],
    ['elif', `if a: pass\n${'elif b: pass\n'.repeat(800)}`, 1600],
    ['decorators', `${'@a\n'.repeat(5000)}def g(): pass`, 5000],
  ];
  for (const [name, text, atLeast] of chains) {
    it(name, () => {
      const module = parsePython(text + AFTER);
      expect(module.problems).toEqual([]);
      expect(nodeCount(module)).toBeGreaterThan(atLeast);
      expect(breach(module)).toBeUndefined();
    });
  }
});

describe('deep nesting', () => {
  const deep: readonly (readonly [string, string])[] = [
    ['10,000 brackets', `x = ${'('.repeat(10000)}1${')'.repeat(10000)}`],
    ['10,000 open brackets', `x = ${'['.repeat(10000)}`],
    ['format strings', `x = ${'f"{'.repeat(3000)}1${'}"'.repeat(3000)}`],
    ['not', `x = ${'not '.repeat(20000)}a`],
    ['minus', `x = ${'-'.repeat(20000)}a`],
    ['powers', `x = ${'a ** '.repeat(20000)}a`],
    ['conditionals', `x = ${'a if b else '.repeat(20000)}a`],
    ['lambdas', `x = ${'lambda: '.repeat(20000)}a`],
    ['comparisons', `x = ${'a < '.repeat(20000)}a`],
    ['elif', `if a: pass\n${'elif b: pass\n'.repeat(20000)}`],
    ['blocks', Array.from({ length: 1000 }, (_, i) => `${' '.repeat(i)}if a:\n`).join('')],
  ];
  for (const [name, text] of deep) {
    it(name, () => {
      const module = parsePython(text + AFTER);
      expect(module.problems.length).toBeGreaterThan(0);
      expect(kinds(module).slice(-2)).toEqual(['Assign', 'FunctionDef']);
      expect(breach(module)).toBeUndefined();
    });
  }

  it('loses only the line that nests too deeply', () => {
    const module = parsePython(`def f():\n    a = 1\n    b = ${'not '.repeat(20000)}a\n    c = 2\n`);
    const [body] = module.units[0]?.tree.body ?? [];
    expect(body?.kind === 'FunctionDef' && body.body.map((statement) => statement.kind)).toEqual([
      'Assign',
      'Expression',
      'Assign',
    ]);
  });
});

describe('large and strange text', () => {
  const strange: readonly (readonly [string, string])[] = [
    ['an endless string', `x = "${'a'.repeat(900_000)}`],
    ['an endless docstring', `x = """${'a\n'.repeat(400_000)}`],
    ['quotes only', '"'.repeat(100_001)],
    ['unclosed lines', 'foo(a\n'.repeat(5000)],
    ['unclosed docstrings', 'foo("""a\n'.repeat(5000)],
    ['unclosed format strings', 'x = f"{'.repeat(5000)],
    ['decorators in a bracket', `foo(\n${'@a\n'.repeat(10_000)}`],
    ['zero bytes', '\0'.repeat(100_000)],
    ['any code unit', Array.from({ length: 65536 }, (_, i) => String.fromCharCode(i)).join('')],
    ['backslashes', '\\\n'.repeat(50_000)],
  ];
  for (const [name, text] of strange) {
    it(name, () => {
      const module = parsePython(text);
      expect(breach(module)).toBeUndefined();
    });
  }

  it('10 MB', () => {
    const module = parsePython('x = 1\n'.repeat(1_700_000));
    expect(module.problems[0]?.message).toBe(
      `File is too long to be read as Python: 10200000 characters, at most ${MAX_LENGTH}`,
    );
    expect(breach(module)).toBeUndefined();
  });

  it('nothing', () => {
    expect(parsePython('')).toEqual({ text: '', units: [], problems: [], isClean: true });
  });
});

describe('any text', () => {
  it('never throws, ranges nest', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary', maxLength: 200 }),
        (text) => breach(parsePython(text)) === undefined,
      ),
      { numRuns: 300, seed: 1 },
    );
  });

  it('made of pieces of Python', () => {
    const piece = fc.constantFrom(...SAMPLES.flatMap((text) => text.split(/(?<=\W)|(?=\W)/)));
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 120 }),
        (pieces) => breach(parsePython(pieces.join(''))) === undefined,
      ),
      { numRuns: 300, seed: 2 },
    );
  });

  it('cut anywhere', () => {
    fc.assert(
      fc.property(fc.constantFrom(...SAMPLES), fc.nat(), fc.nat(80), (source, at, length) => {
        const start = at % source.length;
        return breach(parsePython(source.slice(0, start) + source.slice(start + length))) === undefined;
      }),
      { numRuns: 500, seed: 3 },
    );
  });
});
