import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BaselineFinding,
  baselineFingerprint,
  matchBaseline,
  parseBaseline,
  pruneBaseline,
  renderBaseline,
  toBaseline,
} from '../../../server/core/config/baseline';

/** Findings at every line that calls `evil`, in files that are given by name. */
function findingsOf(files: Readonly<Record<string, string>>): BaselineFinding[] {
  return Object.entries(files).flatMap(([file, text]) =>
    [...text.matchAll(/evil\w*/g)].map((match) => {
      const range = { start: match.index, end: match.index + match[0].length };
      const fingerprint = baselineFingerprint('evil-call', text, range);
      return { rule: 'evil-call', file, fingerprint, text: 'It is evil.' };
    }),
  );
}

/** Places of findings that are new, and how many entries are stale, after files were changed. */
function compare(before: Readonly<Record<string, string>>, after: Readonly<Record<string, string>>) {
  const baseline = parseBaseline(renderBaseline(toBaseline(findingsOf(before)))).value;
  const findings = findingsOf(after);
  const { known, stale } = matchBaseline(baseline, findings, (file) => (file in after ? 'checked' : 'gone'));
  return {
    fresh: findings.filter((finding) => !known.has(finding)).map(({ file }) => file),
    nStale: stale.reduce((sum, { count }) => sum + count, 0),
  };
}

const UNCHANGED = { fresh: [], nStale: 0 };

describe('the baseline knows a finding', () => {
  it.each([
    ['as it was', { 'a.py': 'x = 1\nevil(x)\n' }, { 'a.py': 'x = 1\nevil(x)\n' }],
    ['after edits elsewhere', { 'a.py': 'evil(x)\n' }, { 'a.py': 'import os\n\n\nevil(x)\nmore()\n' }],
    ['in a new indentation', { 'a.py': 'evil(x, y)\n' }, { 'a.py': 'if x:\n\tevil(x,y)\r\n' }],
    ['in a renamed file', { 'a.py': 'evil(x)\n' }, { 'lib/b.py': 'evil(x)\n' }],
    ['moved to another file', { 'a.py': 'evil(x)\n', 'b.py': '' }, { 'a.py': '', 'b.py': 'evil(x)\n' }],
    ['among equals', { 'a.py': 'evil(x)\nevil(x)\n' }, { 'a.py': 'evil(x)\nother()\nevil(x)\n' }],
    [
      'in files that swapped their names',
      { 'a.py': 'evil(1)', 'b.py': 'evil(2)' },
      { 'b.py': 'evil(1)', 'a.py': 'evil(2)' },
    ],
  ])('%s', (_, before, after) => {
    expect(compare(before, after)).toEqual(UNCHANGED);
  });
});

describe('the baseline does not know', () => {
  it.each([
    ['a new finding', { 'a.py': 'evil(x)\n' }, { 'a.py': 'evil(x)\nevil(y)\n' }, ['a.py'], 0],
    ['one more of the same', { 'a.py': 'evil(x)\n' }, { 'a.py': 'evil(x)\nevil(x)\n' }, ['a.py'], 0],
    ['a copy', { 'a.py': 'evil(x)\n' }, { 'a.py': 'evil(x)\n', 'b.py': 'evil(x)\n' }, ['b.py'], 0],
    ['another rule name on that line', { 'a.py': 'evil(x)\n' }, { 'a.py': 'evil2(x)\n' }, ['a.py'], 1],
    [
      'the second copy of what was moved',
      { 'a.py': 'evil(x)' },
      { 'b.py': 'evil(x)', 'c.py': 'evil(x)' },
      ['c.py'],
      0,
    ],
  ])('%s', (_, before, after, fresh, nStale) => {
    expect(compare(before, after)).toEqual({ fresh, nStale });
  });

  it('whether a file that was not looked at is better now, nor gives its entries away', () => {
    const baseline = toBaseline(findingsOf({ 'a.py': 'evil(x)\n' }));
    const findings = findingsOf({ 'b.py': 'evil(x)\n' });
    const match = matchBaseline(baseline, findings, (file) => (file === 'b.py' ? 'checked' : 'unchecked'));
    expect(match).toEqual({ known: new Set(), stale: [] });
  });
});

describe('the file of a baseline', () => {
  it('is sorted, has one line a finding and no position', () => {
    const text = renderBaseline(
      toBaseline(findingsOf({ 'b.py': 'evil(x)\nevil(x)\n', 'a.py': '\n\nevil(y)\n' })),
    );
    expect(text).toMatchInlineSnapshot(`
      "{
        "about": "Known findings: \\"moat check --baseline\\" reports only others. \\"moat baseline --prune\\" takes out what is mended.",
        "version": 1,
        "findings": [
          {"rule":"evil-call","file":"a.py","fingerprint":"dcdc895ea8e635f0","text":"It is evil."},
          {"rule":"evil-call","file":"b.py","fingerprint":"78d9ad5bf1cb4057","count":2,"text":"It is evil."}
        ]
      }
      "
    `);
  });

  it('is the same whatever the order of findings', () => {
    const findings = findingsOf({ 'a.py': 'evil(1)\nevil(2)\nevil(1)\n', 'b.py': 'evil(1)\n' });
    fc.assert(
      fc.property(fc.shuffledSubarray(findings, { minLength: findings.length }), (shuffled) => {
        expect(renderBaseline(toBaseline(shuffled))).toBe(renderBaseline(toBaseline(findings)));
      }),
    );
  });

  it('gives back what was written, whatever stands in it', () => {
    const entry = fc.record({
      rule: fc.string(),
      file: fc.string(),
      fingerprint: fc.string(),
      text: fc.string(),
    });
    fc.assert(
      fc.property(fc.array(entry), (findings) => {
        const baseline = toBaseline(findings);
        expect(parseBaseline(renderBaseline(baseline))).toEqual({ value: baseline, problems: [] });
      }),
    );
  });

  it('forgets what is stale when it is pruned, and nothing else', () => {
    const baseline = toBaseline(findingsOf({ 'a.py': 'evil(x)\nevil(x)\nevil(y)\n' }));
    const { stale } = matchBaseline(baseline, findingsOf({ 'a.py': 'evil(x)\n' }), () => 'checked');
    expect(pruneBaseline(baseline, stale)).toEqual(toBaseline(findingsOf({ 'a.py': 'evil(x)\n' })));
  });

  it.each([
    ['', 'It is no JSON'],
    ['{"findings": [\n<<<<<<< HEAD\n', 'marks of a merge'],
    ['[]', 'It is no baseline'],
    ['{"version": 7, "findings": []}', 'Its version is 7; this Moat knows version 1.'],
  ])('that is none is told: %j', (text, problem) => {
    const result = parseBaseline(text);
    expect(result.value).toEqual([]);
    expect(result.problems.join()).toContain(problem);
  });

  it('loses only entries that cannot be read', () => {
    const good = { rule: 'r', file: 'a.py', fingerprint: 'f', count: 2, text: '' };
    const raw = {
      version: 1,
      findings: [good, 7, { rule: 'r' }, { ...good, count: -1 }, { ...good, count: 1 }],
    };
    expect(parseBaseline(JSON.stringify(raw))).toEqual({
      value: [good],
      problems: ['Entries 2, 3, 4 cannot be read and are left out.'],
    });
  });
});
