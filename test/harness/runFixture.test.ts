import { describe, expect, it } from 'vitest';
import { createFakeAnalyzer, FAKE_RULE, fakeSyntaxProblems, type Mischief } from './fakeAnalyzer';
import { parseFixture } from './fixture';
import { runCase } from './runFixture';

/** Runs one case written in short: a block's info string followed by its lines. */
function run(
  blocks: Readonly<Record<string, string>>,
  options: { head?: string; mischief?: Mischief } = {},
): string {
  const fences = Object.entries(blocks).map(([info, text]) => `\`\`\`text ${info}\n${text}\n\`\`\``);
  const fixture = parseFixture('f.md', ['## case', options.head ?? '', ...fences].join('\n'));
  expect(fixture.problems).toEqual([]);
  const [fixtureCase] = fixture.cases;
  if (fixtureCase === undefined) throw new Error('no case');
  return runCase(fixtureCase, {
    createAnalyzer: () => createFakeAnalyzer(options.mischief),
    syntaxProblems: fakeSyntaxProblems,
    ruleIds: [FAKE_RULE],
  }).join('\n\n');
}

const EVIL = 'evil(x)  # error: [bad-call] "depends on"';

describe('cases that hold', () => {
  it.each<[string, Readonly<Record<string, string>>, string?]>([
    ['clean', { 'app.py': 'good(x)' }],
    ['finding', { 'app.py': EVIL }],
    [
      'every severity',
      { 'app.py': `${EVIL}\nstubborn(x)  # warning: [bad-call]\nmurmur(x)  # hint: [bad-call]` },
    ],
    ['two on a line', { 'app.py': 'evil(stubborn(x))  # error: [bad-call] # warning: [bad-call]' }],
    ['source', { 'app.py': `origin  # source\n${EVIL}` }],
    ['missing', { 'app.py': 'good(x)  # missing: [bad-call] later' }],
    ['spurious', { 'app.py': 'evil(x)  # spurious: [bad-call] noise' }],
    ['refused label', { 'app.py': 'stubborn(x)  # warning: [bad-call] # refused: "is stubborn"' }],
    ['refused block', { 'app.py': 'stubborn(x)  # warning: [bad-call]', 'app.py refused': 'is stubborn' }],
    ['fixed', { 'app.py': `${EVIL}\n${EVIL}`, 'app.py fixed': 'good(x)\ngood(x)' }],
    ['new file', { 'app.py': 'keyed()  # error: [bad-call]', 'app.py fixed': 'env()', '.env fixed': 'K=1' }],
    ['class of the fix', { 'app.py': EVIL, 'app.py fixed': 'good(x)' }, '<!-- fix: safe -->'],
    ['crlf', { 'app.py': `${EVIL}\nok`, 'app.py fixed': 'good(x)\nok' }, '<!-- eol: crlf -->'],
    ['templates', { 'a.html': 'evil(x) {# error: [bad-call] #}', 'b.html': 'good(x)' }],
    ['other rules only', { 'app.py': 'evil(x)' }, '<!-- only: another -->'],
    ['broken on purpose', { 'app.py': 'good(' }, '<!-- syntax: broken -->'],
  ])('%s', (_name, blocks, head = '') => {
    expect(run(blocks, { head })).toBe('');
  });
});

describe('labels that do not hold', () => {
  it.each<[string, Readonly<Record<string, string>>, string]>([
    [
      'unlabeled finding',
      { 'app.py': 'good(x)\nevil(x)' },
      'app.py:2 (line 5 of the fixture)\n  evil(x)\n  expected: nothing',
    ],
    [
      'absent finding',
      { 'app.py': 'good(x)  # error: [bad-call]' },
      'expected: error [bad-call]\n  actual: nothing',
    ],
    [
      'other rule',
      { 'app.py': 'evil(x)  # error: [other]' },
      'expected: error [other]\n  actual: error [bad-call]',
    ],
    ['other severity', { 'app.py': 'evil(x)  # warning: [bad-call]' }, 'expected: warning [bad-call]'],
    ['other info', { 'app.py': 'murmur(x)  # info: [bad-call]' }, 'expected: information [bad-call]'],
    [
      'other words',
      { 'app.py': 'evil(x)  # error: [bad-call] "query"' },
      'expected: error [bad-call] "query"',
    ],
    ['one of two', { 'app.py': 'evil(evil(x))  # error: [bad-call]' }, 'expected: nothing more on this line'],
    ['two of one', { 'app.py': 'evil(x)  # error: [bad-call] # error: [bad-call]' }, 'expected: error'],
    ['source off the path', { 'app.py': `x = 1  # source\n${EVIL}` }, 'expected: a step of a path'],
    [
      'source at the end',
      { 'app.py': 'evil(x)  # source # error: [bad-call]' },
      'expected: a step of a path',
    ],
    ['missing found', { 'app.py': 'evil(x)  # missing: [bad-call] later' }, 'no longer missing'],
    ['spurious gone', { 'app.py': 'good(x)  # spurious: [bad-call] noise' }, 'no longer spurious'],
    ['refused but fixed', { 'app.py': `${EVIL} # refused: "why"` }, 'offers: fix "Replace evil"'],
    [
      'refused otherwise',
      { 'app.py': 'stubborn(x)  # warning: [bad-call] # refused: "list"' },
      'refused "No fix, because',
    ],
    [
      'refused without offer',
      { 'app.py': 'murmur(x)  # hint: [bad-call] # refused: "list"' },
      'offers: none',
    ],
    ['refused block, fixed', { 'app.py': EVIL, 'app.py refused': 'why' }, 'expected every fix refused'],
    ['code that does not parse', { 'app.py': 'good(' }, 'does not parse: unbalanced'],
  ])('%s', (_name, blocks, message) => {
    expect(run(blocks)).toContain(message);
  });
});

describe('fixes that do not hold', () => {
  const fixed = { 'app.py': `${EVIL}\n${EVIL}`, 'app.py fixed': 'good(x)\ngood(x)' };
  const keyed = { 'app.py': 'keyed()  # error: [bad-call]', 'app.py fixed': 'env()', '.env fixed': 'K=1' };

  it.each<[Mischief, Readonly<Record<string, string>>, string]>([
    ['fix does nothing', fixed, 'does not mend its finding'],
    ['fix breaks the syntax', fixed, 'does not parse after the fix'],
    ['fix brings a new finding', { 'app.py': EVIL, 'app.py fixed': 'good(x)' }, 'brings a new finding'],
    ['fix moves the finding elsewhere', fixed, 'does not mend its finding'],
    ['fix forgets a file', keyed, '.env: no fix creates this file'],
    ['fixAll forgets a finding', fixed, 'fixAll differs'],
    ['stale after an edit', fixed, 'does not mend its finding'],
    ['order matters', { 'a.py': 'good(x)', 'b.py': EVIL }, 'depend on the order'],
  ])('%s', (mischief, blocks, message) => {
    expect(run(blocks, { mischief })).toContain(message);
  });

  it('shows where the fixed text differs', () => {
    const report = run({ 'app.py': `1\n2\n3\n${EVIL}\n5`, 'app.py fixed': '1\n2\n3\ngreat(x)\n5\n6' });
    expect(report).toContain('    …\n      2\n      3\n    - great(x)\n    + good(x)\n      5\n    - 6');
  });

  it('says why nothing was fixed', () => {
    const blocks = { 'app.py': 'stubborn(x)  # warning: [bad-call]', 'app.py fixed': 'good(x)' };
    expect(run(blocks)).toContain('refused: No fix, because it is stubborn.');
  });

  it.each<[string, Readonly<Record<string, string>>, string, string]>([
    [
      'a file that nobody expects',
      { 'app.py': 'keyed()  # error: [bad-call]', 'app.py fixed': 'env()' },
      '',
      'no fixed block expects it',
    ],
    ['a change that nobody expects', { ...fixed, 'b.py': EVIL }, '', 'b.py: fixed text differs'],
    ['the class of a fix', fixed, '<!-- fix: review -->', 'is safe, the case says review'],
    [
      'a fix where none may be',
      { 'app.py': EVIL },
      '<!-- fix: none -->',
      'expected no fix, offered: "Replace evil"',
    ],
    [
      'a fixed block without a finding',
      { 'app.py': 'bad(x)', 'app.py fixed': 'good(x)' },
      '',
      'fixed text differs',
    ],
  ])('%s', (_name, blocks, head, message) => {
    expect(run(blocks, { head })).toContain(message);
  });
});
