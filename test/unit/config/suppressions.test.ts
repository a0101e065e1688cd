import { describe, expect, it } from 'vitest';
import { parseSuppressions, type SourceComment } from '../../../server/core/config/suppressions';

/** Comments of a text: from `#` to the line's end, or `{# … #}`. */
function commentsOf(text: string): SourceComment[] {
  return text.split('\n').flatMap((content, line) => {
    const match = /\{#.*?#\}|#.*$/.exec(content);
    if (match === null) return [];
    return [{ line, text: match[0], isOwnLine: content.replace(match[0], '').trim() === '' }];
  });
}

/** Lines whose one-line statements a rule would not be reported on. */
function silentLines(text: string, ruleId = 'sql-injection'): number[] {
  const suppressions = parseSuppressions(commentsOf(text));
  return text
    .split('\n')
    .map((_, line) => line)
    .filter((line) => suppressions.find(ruleId, { first: line, last: line }) !== undefined);
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
    const { find } = parseSuppressions(
      commentsOf('db.execute(\n    q,  # moat: ignore[sql-injection]\n)\nx'),
    );
    expect(find('sql-injection', { first: 0, last: 2 })).toBeDefined();
    expect(find('sql-injection', { first: 3, last: 3 })).toBeUndefined();
  });

  it('keeps the reason and the ids, and says what it found', () => {
    const { all } = parseSuppressions(commentsOf('a  # moat: ignore[sql-injection, b-c]: ids come from us'));
    expect(all).toEqual([
      {
        line: 0,
        scope: 'line',
        ruleIds: ['sql-injection', 'b-c'],
        reason: 'ids come from us',
        tool: 'moat',
      },
    ]);
  });

  it('of a template comment over several lines speaks for the line below it', () => {
    const comment = { line: 1, endLine: 3, text: '{# moat: ignore[x]\n why\n #}', isOwnLine: true };
    const { find } = parseSuppressions([comment]);
    expect(find('x', { first: 4, last: 4 })).toBeDefined();
    expect(find('x', { first: 5, last: 5 })).toBeUndefined();
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
    const { all } = parseSuppressions(commentsOf('a  # nosec'), { honorOtherTools: false });
    expect(all).toEqual([]);
  });
});
