/** Keys that are made from others: what was made from such a key stays while the key reads the same. */
import { describe, expect, test } from 'vitest';
import { DependencyTracker } from '../../server/core/model/dependencies';

/** Numbers by name; `sign` is made from `n`, `word` from `sign`. */
function createSheet() {
  const cells = new Map([['n', 1]]);
  const nMade = { sign: 0, word: 0 };
  const tracker: DependencyTracker = new DependencyTracker(
    (key) => {
      switch (key) {
        case 'sign':
          nMade.sign++;
          tracker.note('n');
          return String(Math.sign(cells.get('n') ?? 0));
        case 'word':
          nMade.word++;
          tracker.note('sign');
          return (cells.get('n') ?? 0) < 0 ? 'minus' : 'plus';
        default:
          return String(cells.get(key));
      }
    },
    { isMade: (key) => key === 'sign' || key === 'word' },
  );
  const set = (value: number) => {
    cells.set('n', value);
    tracker.advance(['n']);
  };
  return { tracker, set, nMade };
}

describe('keys that are made from others', () => {
  test('what reads one stays valid while it reads the same', () => {
    const { tracker, set } = createSheet();
    const { dependencies } = tracker.track(() => tracker.note('sign'));
    const direct = tracker.track(() => tracker.note('n'));
    set(2);
    expect(tracker.isValid(dependencies)).toBe(true);
    expect(tracker.isValid(direct.dependencies)).toBe(false);
    set(-2);
    expect(tracker.isValid(dependencies)).toBe(false);
  });

  test('a change goes through a chain of them as far as it shows', () => {
    const { tracker, set } = createSheet();
    const sign = tracker.track(() => tracker.note('sign')).dependencies;
    const word = tracker.track(() => tracker.note('word')).dependencies;
    set(0);
    expect(tracker.isValid(sign)).toBe(false);
    expect(tracker.isValid(word)).toBe(true);
    set(-1);
    expect(tracker.isValid(word)).toBe(false);
  });

  test('one that nobody changed is not made again', () => {
    const { tracker, set, nMade } = createSheet();
    tracker.track(() => tracker.note('word'));
    const before = { ...nMade };
    tracker.advance(['other']);
    expect(nMade).toEqual(before);
    set(5);
    expect(tracker.epoch).toBeGreaterThan(0);
    expect(nMade).toEqual({ sign: before.sign + 1, word: before.word });
  });

  test('the epoch moves with them', () => {
    const { tracker, set } = createSheet();
    tracker.track(() => tracker.note('word'));
    set(2);
    const before = tracker.epoch;
    set(-2);
    // Once for the number, once each for sign and word.
    expect(tracker.epoch).toBe(before + 3);
  });
});
