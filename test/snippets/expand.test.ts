import { describe, expect, it } from 'vitest';
import { type Expansion, expandSnippet } from './expand';

/** `§` stands for the dollar sign: a body in a plain string would look like a forgotten template literal. */
function expand(body: string, optionIndex?: number): Expansion {
  return expandSnippet(body.replaceAll('§', '$'), optionIndex);
}

describe('expandSnippet', () => {
  it.each([
    ['plain text', 'plain text', []],
    ['a §1 b §{2} c§0', 'a  b  c', [0, 1, 2]],
    ['§{1:name} = f("§{1}", §1)', 'name = f("name", name)', [1]],
    ['§1 = §{1:later}', 'later = later', [1]],
    ['§{1:outer §{2:inner}}', 'outer inner', [1, 2]],
    ['f"%{§{1:q}}%"', 'f"%{q}%"', [1]],
    ['§{1:{\\}} \\§2 \\\\ \\d', '{} §2 \\ \\d', [1]],
    ['§{1|a,b|} §1', 'a a', [1]],
  ])('expands %s', (body, text, stops) => {
    expect(expand(body)).toMatchObject({ text: text.replaceAll('§', '$'), stops });
  });

  it('takes another option of each choice', () => {
    expect(expand('§{1|a,b,c|} §{2|x,y|}', 2)).toMatchObject({ text: 'c y', nOptions: 3 });
  });

  it.each(['§{1:open', '§name', '§{1/a/b/}'])('refuses %s', (body) => {
    expect(() => expand(body)).toThrow();
  });
});
