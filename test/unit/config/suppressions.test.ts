import { describe, expect, it } from 'vitest';
import { parseSuppressions, type SourceComment } from '../../../server/core/config/suppressions';

/** Comments of a text: from `#` to the line's end, or `{# … #}`. */
function commentsOf(text: string): SourceComment[] {
  return text.split('\n').flatMap((content, line) => {
    const match = /\{#.*?#\}|#.*$/.exec(content);
    if (match === null) return [];
    const start = text.split('\n').slice(0, line).join('\n').length + (line > 0 ? 1 : 0) + match.index;
    return [{ line, text: match[0], start, isOwnLine: content.replace(match[0], '').trim() === '' }];
  });
}

const OPTIONS = { honorOtherTools: true, ruleIds: ['sql-injection', 'other', 'b-c', 'x'] };

/** Lines whose one-line statements a rule would not be reported on. */
function silentLines(text: string, ruleId = 'sql-injection'): number[] {
  const suppressions = parseSuppressions(commentsOf(text), OPTIONS);
  return text
    .split('\n')
    .map((_, line) => line)
    .filter((line) => suppressions.matching(ruleId, { first: line, last: line }).length > 0);
}

describe('moat: ignore', () => {
  it.each([
    ['a  # moat: ignore[sql-injection]\nb', [0]],
    ['a  # moat: ignore[sql-injection] checked above\nb', [0]],
    ['a  # moat:ignore [ sql-injection , other ]\nb', [0]],
    ['a  # Moat: Ignore[sql-injection]\nb', [0]],
    ['a  # moat: ignore\nb', [0]],
    ['a  # noqa  # moat: ignore[sql-injection]\nb', [0]],
    ['# moat: ignore[sql-injection]\na\nb', [0, 1]],
    ['    # moat: ignore[sql-injection] because\n    # it is a constant\n    a\nb', [0, 1, 2]],
    ['a  # moat: ignore[other]\nb', []],
    ['a  # moat: ignore[]\nb', []],
    ['a  # moat: ignores[sql-injection]\nb', []],
    ['a  # do not say moat ignore\nb', []],
    ['x  # moat: ignore[sql-injection]\na', [0]],
    ['{# moat: ignore[sql-injection] #}\n{{ x|safe }}\ny', [0, 1]],
    ['{{ x|safe }} {#- moat: ignore[sql-injection] trusted -#}\ny', [0]],
  ])('%j', (text, lines) => {
    expect(silentLines(text)).toEqual(lines);
  });

  it('holds on any line of a statement', () => {
    const { matching } = parseSuppressions(
      commentsOf('db.execute(\n    q,  # moat: ignore[sql-injection]\n)\nx'),
      OPTIONS,
    );
    expect(matching('sql-injection', { first: 0, last: 2 })).toHaveLength(1);
    expect(matching('sql-injection', { first: 3, last: 3 })).toEqual([]);
  });

  it('keeps the reason and the ids, and says what it found', () => {
    const text = 'a  # moat: ignore[sql-injection, b-c]: ids come from us';
    const { all } = parseSuppressions(commentsOf(text), OPTIONS);
    expect(all).toEqual([
      {
        line: 0,
        scope: 'line',
        rules: [
          { id: 'sql-injection', range: { start: 18, end: 31 } },
          { id: 'b-c', range: { start: 33, end: 36 } },
        ],
        reason: 'ids come from us',
        tool: 'moat',
        range: { start: 5, end: text.length },
      },
    ]);
  });

  it('of a template comment over several lines speaks for the line below it', () => {
    const comment = { line: 1, endLine: 3, text: '{# moat: ignore[x]\n why\n #}', start: 0, isOwnLine: true };
    const { matching } = parseSuppressions([comment], OPTIONS);
    expect(matching('x', { first: 4, last: 4 })).toHaveLength(1);
    expect(matching('x', { first: 5, last: 5 })).toEqual([]);
  });
});

describe('moat: ignore-file', () => {
  it.each([
    ['# moat: ignore-file[sql-injection]\na\nb', [0, 1, 2]],
    ['a\nb\n# moat: ignore-file', [0, 1, 2]],
    ['# moat: ignore-file[other]\na', []],
  ])('%j', (text, lines) => {
    expect(silentLines(text)).toEqual(lines);
  });
});

describe('moat: off', () => {
  it.each([
    ['# moat: off[sql-injection] generated\na\nb\n# moat: on\nc', [0, 1, 2, 3]],
    ['a\n# moat: off\nb', [1, 2]],
    ['# moat: off[sql-injection]\na\n# moat: on[other]\nb', [0, 1, 2, 3]],
    ['# moat: off[sql-injection]\na\n# moat: on[sql-injection]\nb', [0, 1, 2]],
    ['{# moat: off[sql-injection] #}\na\n{# moat: on #}\nb', [0, 1, 2]],
  ])('%j', (text, lines) => {
    expect(silentLines(text)).toEqual(lines);
  });
});

describe('a comment that does not keep to the grammar', () => {
  it.each([
    ['a  # moat: ignore[sql-injecton]', 'sql-injecton', 'Did you mean `sql-injection`?', 'sql-injection'],
    ['a  # moat: ignore[nothing-like-it]', 'nothing-like-it', 'There is no rule', undefined],
    ['a  # moat: ignore[]', 'moat: ignore[]', 'name no rule', undefined],
    ['a  # moat: ignore[other', 'moat: ignore[other', 'not closed', undefined],
    ['a  # moat: ignores[other]', 'ignores', 'Did you mean `ignore`?', 'ignore'],
    [
      'a  # moat: ignore other, it is fine',
      'moat: ignore other, it is fine',
      'brackets',
      'moat: ignore[other], it is fine',
    ],
  ])('%j is reported and switches nothing off', (text, place, message, suggestion) => {
    const { problems } = parseSuppressions(commentsOf(text), OPTIONS);
    expect(problems).toHaveLength(1);
    const [problem] = problems;
    expect(text.slice(problem?.range.start, problem?.range.end)).toBe(place);
    expect(problem?.message).toContain(message);
    expect(problem?.suggestion).toBe(suggestion);
    expect(silentLines(text, 'other')).toEqual([]);
  });

  it('takes no good id away', () => {
    expect(silentLines('a  # moat: ignore[nothing, sql-injection] why')).toEqual([0]);
  });

  it.each(['a  # moat: see the docs', 'a  # the moat: off to it', 'a  # moats: ignore'])(
    '%j is none',
    (text) => {
      expect(parseSuppressions(commentsOf(text), { ...OPTIONS, ruleIds: [] }).problems).toEqual([]);
    },
  );
});

describe('comments of other tools', () => {
  it.each([
    ['a  # nosec\nb', [0]],
    ['a  # nosec B608\nb', [0]],
    ['a  # noqa: S608\nb', [0]],
    ['a  # noqa: E501, S608\nb', [0]],
    ['a  # noqa: E501\nb', []],
    ['a  # noqa\nb', []],
    ['a  # noqa: SIM102\nb', []],
    ['# nosemgrep: rule\na\nb', [0, 1]],
    ['a  # NOSONAR\nb', [0]],
    ['a  # nosecret here\nb', []],
  ])('%j', (text, lines) => {
    expect(silentLines(text)).toEqual(lines);
  });

  it('can be passed over', () => {
    const { all } = parseSuppressions(commentsOf('a  # nosec'), { ...OPTIONS, honorOtherTools: false });
    expect(all).toEqual([]);
  });
});
