/** Our names for the parser's enum values are those of the pinned package, and the cut needs nothing of its host. */
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { parseSource } from '../../../server/core/generated/pyrightParser';
import { F, isStructural, N, T } from '../../../server/core/syntax/python/pyrightKinds';

const read = (path: string) =>
  readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), 'utf8');
const DECLARATIONS = 'node_modules/@zzzen/pyright-internal/dist/parser/';

function enumOf(file: string, name: string): Map<string, number> {
  const body = new RegExp(`enum ${name} \\{([^}]*)\\}`).exec(read(DECLARATIONS + file))?.[1] ?? '';
  return new Map(
    [...body.matchAll(/(\w+) = (\d+)/g)].map(([, key, value]) => [key as string, Number(value)]),
  );
}

/** Where our name is shorter than theirs. */
const RENAMED: Readonly<Record<string, string>> = {
  Walrus: 'AssignmentExpression',
  Augmented: 'AugmentedAssignment',
  Binary: 'BinaryOperation',
  CompFor: 'ComprehensionFor',
  CompIf: 'ComprehensionIf',
  Dict: 'Dictionary',
  DictExpand: 'DictionaryExpandEntry',
  DictKey: 'DictionaryKeyEntry',
  Member: 'MemberAccess',
  Unary: 'UnaryOperation',
  PatternKey: 'PatternMappingKeyEntry',
  PatternRest: 'PatternMappingExpandEntry',
  End: 'EndOfStream',
  OpenBrace: 'OpenCurlyBrace',
  CloseBrace: 'CloseCurlyBrace',
  Exclamation: 'ExclamationMark',
  Triple: 'Triplicate',
};

describe('the cut parser', () => {
  const tables = [
    ['parseNodes.d.ts', 'ParseNodeType', N],
    ['tokenizerTypes.d.ts', 'TokenType', T],
    ['tokenizerTypes.d.ts', 'StringTokenFlags', F],
  ] as const;
  for (const [file, name, ours] of tables) {
    it(`${name} has our values`, () => {
      const theirs = enumOf(file, name);
      for (const [key, value] of Object.entries(ours))
        expect(theirs.get(RENAMED[key] ?? key), key).toBe(value);
    });
  }

  it('tells faults of structure from those of meaning', () => {
    const keys = (text: string) => parseSource(text).errors.map((error) => error.key);
    expect(keys('return 1\n')).toEqual(['returnOutsideFunction']);
    expect(keys('def f(a, a): pass\n')).toEqual(['duplicateParam']);
    expect(keys('if a:\n\tb\n        c\n').filter(isStructural)).toEqual([]);
    expect(keys('def f(:\n').filter(isStructural)).not.toEqual([]);
  });

  it('keeps the notice and names no built-in of a host', () => {
    const code = read('server/core/generated/pyrightParser.js');
    expect(code).toContain('Copyright (c) Microsoft Corporation');
    expect(code).not.toMatch(/\b(?:Buffer|process|require\("|setTimeout|globalThis)\b/);
  });
});
