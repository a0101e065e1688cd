import { describe, expect, it } from 'vitest';
import { createPathMatcher } from '../../../server/core/config/glob';

describe('createPathMatcher', () => {
  it.each([
    ['tests/**', 'tests/a.py', true],
    ['tests/**', 'app/tests/a.py', false],
    ['tests', 'app/tests/a.py', true],
    ['./tests/', 'tests/deep/a.py', true],
    ['/tests', 'app/tests/a.py', false],
    ['*.py', 'app/a.py', true],
    ['app/*.py', 'app/deep/a.py', false],
    ['app/**/a.py', 'app/a.py', true],
    ['app/**/a.py', 'app/x/y/a.py', true],
    ['**/migrations/**', 'app/migrations/1.py', true],
    ['a?.py', 'ab.py', true],
    ['a?.py', 'a/.py', false],
    ['{tests,docs}/**', 'docs/conf.py', true],
    ['{tests,docs}/**', 'app/conf.py', false],
    ['[a-c].py', 'b.py', true],
    ['[!a-c].py', 'b.py', false],
    ['a+b (1).py', 'a+b (1).py', true],
    ['a.py', 'axpy', false],
    ['app\\tests', 'app/tests/x.py', true],
    ['{open', 'open', true],
    ['[z-a].py', 'z.py', false],
    ['', 'a.py', false],
  ])('%s on %s: %s', (pattern, path, expected) => {
    expect(createPathMatcher([pattern])(path)).toBe(expected);
  });

  it('matches if any pattern does, and nothing without patterns', () => {
    expect(createPathMatcher(['a', 'b'])('b')).toBe(true);
    expect(createPathMatcher([])('b')).toBe(false);
  });
});
