import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/core/base/textEdit';
import {
  addEnvExample,
  dotenvQuote,
  ensureIgnored,
  type FileEdits,
  isIgnored,
  setEnvValue,
} from '../../../server/core/edits/envFile';
import type { Refusal } from '../../../server/core/edits/outcome';

function finished(text: string | undefined, result: FileEdits | Refusal): string {
  if (result.kind === 'refused') throw new Error(result.reason);
  expect(result.isNew).toBe(text === undefined);
  return applyEdits(text ?? '', result.edits);
}

describe('setEnvValue', () => {
  const CASES: readonly (readonly [string, string | undefined, string])[] = [
    ['no file', undefined, 'KEY=v1\n'],
    ['an empty file', '', 'KEY=v1\n'],
    ['another key', 'A=1\n', 'A=1\nKEY=v1\n'],
    ['no line break at the end', 'A=1', 'A=1\nKEY=v1\n'],
    ['CRLF', 'A=1\r\n', 'A=1\r\nKEY=v1\r\n'],
    ['a real value', 'KEY=secretly-random\n', 'KEY=secretly-random\n'],
    ['an empty value', 'KEY=\nB=1\n', 'KEY=v1\nB=1\n'],
    ['a key without a value', 'KEY\nB=1\n', 'KEY=v1\nB=1\n'],
    ['a placeholder', 'KEY=changeme\n', 'KEY=v1\n'],
    ['a quoted placeholder', 'KEY="your-secret-here"\n', 'KEY=v1\n'],
    ['a placeholder in brackets', 'KEY=<secret>\n', 'KEY=v1\n'],
    ['export and a comment', 'export KEY=change-me  # set it\n', 'export KEY=v1  # set it\n'],
    ['spaces', 'KEY = todo\n', 'KEY = v1\n'],
    ['a comment with the key', '# KEY=x\n', '# KEY=x\nKEY=v1\n'],
    ['a longer key', 'MY_KEY=x\nKEY2=y\n', 'MY_KEY=x\nKEY2=y\nKEY=v1\n'],
    ['the last of two', 'KEY=changeme\nKEY=real\n', 'KEY=changeme\nKEY=real\n'],
    ['a value over lines', 'A="x\nKEY=changeme\n"\n', 'A="x\nKEY=changeme\n"\nKEY=v1\n'],
  ];
  it.each(CASES)('with %s', (_name, before, expected) => {
    expect(finished(before, setEnvValue(before, 'KEY', 'v1'))).toBe(expected);
    expect(finished(expected, setEnvValue(expected, 'KEY', 'v1'))).toBe(expected);
  });

  it('refuses what is no name, and what dotenv would expand', () => {
    expect(setEnvValue('', 'A B', 'x').kind).toBe('refused');
    expect(setEnvValue('', 'A', 'x$\u007by}').kind).toBe('refused');
  });
});

describe('addEnvExample', () => {
  it.each([
    [undefined, 'KEY=change-me\n'],
    ['A=1', 'A=1\nKEY=change-me\n'],
    ['KEY=\n', 'KEY=\n'],
  ])('%j', (before, expected) => {
    expect(finished(before, addEnvExample(before, 'KEY', 'change-me'))).toBe(expected);
  });
});

describe('dotenvQuote', () => {
  it.each([
    ['abc123', 'abc123'],
    ['a b', "'a b'"],
    ['a#b', "'a#b'"],
    ['', "''"],
    ["it's", '"it\'s"'],
    ['a"b', "'a\"b'"],
    ['a\nb', '"a\\nb"'],
    ['a\\b', '"a\\\\b"'],
    ['postgres://u:p@h/db', 'postgres://u:p@h/db'],
  ])('%j', (value, expected) => {
    expect(dotenvQuote(value)).toBe(expected);
  });
});

describe('isIgnored', () => {
  it.each([
    ['.env', true],
    ['/.env', true],
    ['.env*', true],
    ['*.env', true],
    ['**/.env', true],
    ['.en?', true],
    ['.en[v]', true],
    ['.env   ', true],
    ['*', true],
    ['venv/\n.env\r\n', true],
    ['.env/', false],
    ['.en[z-a]', false],
    ['.en[a-z]', true],
    ['config/.env', false],
    ['#.env', false],
    ['env', false],
    ['.env.local', false],
    ['.env\n!.env', false],
    ['!.env\n.env', true],
    ['.env*\n!.env.example', true],
    ['', false],
  ])('%j', (text, expected) => {
    expect(isIgnored(text, '.env')).toBe(expected);
  });
});

describe('ensureIgnored', () => {
  it.each([
    [undefined, '.env\n'],
    ['', '.env\n'],
    ['*.pyc', '*.pyc\n.env\n'],
    ['*.pyc\r\n', '*.pyc\r\n.env\r\n'],
    ['.env\n', '.env\n'],
    ['.env\n!.env\n', '.env\n!.env\n.env\n'],
  ])('%j', (before, expected) => {
    expect(finished(before, ensureIgnored(before, '.env'))).toBe(expected);
  });

  it('covers the file after any text', () => {
    fc.assert(
      fc.property(fc.string({ maxLength: 40 }), (text) => {
        const result = finished(text, ensureIgnored(text, '.env'));
        expect(isIgnored(result, '.env')).toBe(true);
        expect(ensureIgnored(result, '.env').edits).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});
