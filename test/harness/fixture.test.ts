import { describe, expect, it } from 'vitest';
import { parseFixture } from './fixture';
import { readLabels } from './labels';

const finding = (severity: string, ruleId: string, part = ''): object => ({
  kind: 'finding',
  severity,
  ruleId,
  part,
});

describe('labels', () => {
  it.each([
    ['f(x)  # error: [a-b] "says"', 'f(x)', [finding('error', 'a-b', 'says')]],
    ['f(x)  # warning: [a]', 'f(x)', [finding('warning', 'a')]],
    ['f(x)  # info: [a]', 'f(x)', [finding('information', 'a')]],
    ['f(x)  # hint: [a]', 'f(x)', [finding('hint', 'a')]],
    ['x = 1  # source', 'x = 1', [{ kind: 'source' }]],
    ['x = 1  # missing: [a] later', 'x = 1', [{ kind: 'missing', ruleId: 'a', why: 'later' }]],
    ['x = 1  # spurious: [a] why not', 'x = 1', [{ kind: 'spurious', ruleId: 'a', why: 'why not' }]],
    ['x = 1  # refused: "a list"', 'x = 1', [{ kind: 'refused', part: 'a list' }]],
    [
      'x  # source # error: [a] "it # \\"is\\""',
      'x',
      [{ kind: 'source' }, finding('error', 'a', 'it # "is"')],
    ],
    [
      'x  # missing: [a] two words # source',
      'x',
      [{ kind: 'missing', ruleId: 'a', why: 'two words' }, { kind: 'source' }],
    ],
    ['x  # a comment # error: [a]', 'x  # a comment', [finding('error', 'a')]],
    ['x  # the source', 'x  # the source', []],
    ['color = "#fff"  # white', 'color = "#fff"  # white', []],
  ])('reads %s', (line, text, labels) => {
    expect(readLabels(line, 'hash')).toEqual({ text, labels });
  });

  it.each([
    ['{{ x|safe }} {# error: [a] "m" #}', '{{ x|safe }}', [finding('error', 'a', 'm')]],
    [
      '{{ x }}{# source #} {# missing: [a] later #}',
      '{{ x }}',
      [{ kind: 'source' }, { kind: 'missing', ruleId: 'a', why: 'later' }],
    ],
    ['<a href="#top"> {# a comment #}', '<a href="#top"> {# a comment #}', []],
  ])('reads %s in templates', (line, text, labels) => {
    expect(readLabels(line, 'jinja')).toEqual({ text, labels });
  });

  it.each([
    'x  # error: sql-injection',
    'x  # error [sql-injection]',
    'x  # eror: [sql-injection]',
    'x  # error: [sql-injection] unquoted',
    'x  # missing: [a]',
    'x  # refused: because',
    'x  # error: [a] # errors: [b]',
  ])('complains about %s', (line) => {
    expect(readLabels(line, 'hash').problem).toContain('looks like a label');
  });
});

const FILE = ['```python app.py', 'evil(x)  # error: [a]', '```'];

function problemsOf(...lines: readonly string[]): readonly string[] {
  return parseFixture('f.md', lines.join('\n')).problems.map(({ line, message }) => `${line}: ${message}`);
}

describe('fixtures', () => {
  it('reads cases, files and roles', () => {
    const fixture = parseFixture(
      'f.md',
      [
        '# Title',
        'Prose.',
        '## one',
        ...FILE,
        '```python app.py fixed',
        'good(x)',
        '```',
        '## two',
        ...FILE,
      ].join('\n'),
    );
    expect(fixture.problems).toEqual([]);
    expect(fixture.cases.map(({ title, line }) => [title, line])).toEqual([
      ['one', 3],
      ['two', 10],
    ]);
    expect(fixture.cases[0]).toMatchObject({
      files: [{ path: 'app.py', text: 'evil(x)\n', line: 5, labels: [{ line: 0 }] }],
      fixed: [{ path: 'app.py', text: 'good(x)\n', line: 8, labels: [] }],
      refused: [],
    });
  });

  it('keeps fences inside longer fences and empty files', () => {
    const lines = ['## one', '````text notes.md', '```', 'inner', '```', '````', '~~~text .env', '~~~'];
    const [one] = parseFixture('f.md', lines.join('\n')).cases;
    expect(one?.files.map(({ path, text }) => [path, text])).toEqual([
      ['notes.md', '```\ninner\n```\n'],
      ['.env', ''],
    ]);
  });

  it('reads directives, shared above the first heading and own below', () => {
    const lines = [
      '<!-- only: a, b -->',
      '## one',
      '<!-- fix: review -->',
      '<!-- eol: crlf -->',
      ...FILE,
      '## two',
      ...FILE,
    ];
    const { cases, problems } = parseFixture('f.md', lines.join('\n'));
    expect(problems).toEqual([]);
    expect(cases.map(({ directives }) => directives)).toEqual([
      { only: ['a', 'b'], fix: 'review', eol: 'crlf' },
      { only: ['a', 'b'] },
    ]);
    expect(cases[0]?.files[0]?.text).toBe('evil(x)\r\n');
  });

  it('reads a fixture with CRLF line ends', () => {
    const [one] = parseFixture('f.md', ['## one', ...FILE].join('\r\n')).cases;
    expect(one?.files[0]?.text).toBe('evil(x)\n');
  });

  it.each([
    ['3: unknown directive "fix: never"', ['## one', '', '<!-- fix: never -->', ...FILE]],
    ['1: the case "one" has no files', ['## one', 'Prose.']],
    ['1: this block stands above the first "## heading"', FILE],
    ['2: a block is written "LANGUAGE PATH [fixed | refused]"', ['## one', '```python', 'x', '```', ...FILE]],
    [
      '2: "fixd" is not a role of a block (fixed, refused)',
      ['## one', '```python app.py fixd', '```', ...FILE],
    ],
    ['5: "python app.py" stands twice in this case', ['## one', ...FILE, ...FILE]],
    ['2: this block is not closed', ['## one', '```python app.py', 'x']],
    ['5: the heading "one" stands twice', ['## one', ...FILE, '## one', ...FILE]],
    ['3: this looks like a label', ['## one', '```python app.py', 'x  # error: a', '```']],
  ])('complains: %s', (message, lines) => {
    expect(problemsOf(...lines).join('\n')).toContain(message);
  });
});
