/** The time to read a text grows with its length, not with its square, however it is made. */
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';

const SMALL = 800;
const FACTOR = 8;
/** Between 8 (linear) and 64 (quadratic), with room for a busy machine. */
const MAX_RATIO = 30;

const PATTERNS: readonly (readonly [name: string, make: (n: number) => string])[] = [
  ['opening delimiters', (n) => '{{ '.repeat(n)],
  ['unclosed strings', (n) => '{{ "'.repeat(n)],
  ['delimiters in strings', (n) => "{{ '{{' ".repeat(n)],
  ['unclosed comments', (n) => '{#\n'.repeat(n)],
  ['unclosed raw blocks', (n) => '{% raw %}'.repeat(n)],
  ['unclosed blocks', (n) => '{% if a %}{% set b %}'.repeat(n)],
  ['closing tags without partners', (n) => '{% if a %}{% endfor %}'.repeat(n)],
  ['branches', (n) => `{% if a %}${'{% elif b %}{{ c }}'.repeat(n)}{% endif %}`],
  ['branches that disagree', (n) => '{% if a %}<!--{% endif %}{% if a %}<b "{% endif %}>'.repeat(n)],
  ['attributes in branches', (n) => `<a ${'{% if a %}b="1"{% endif %}'.repeat(n)}>`],
  ['outputs in one value', (n) => `<a href="javascript:${'{{ a }}x'.repeat(n)}">`],
  ['forms in branches', (n) => '{% if a %}<form>{% endif %}{{ b }}<input>'.repeat(n)],
  ['open elements', (n) => '<div></p>'.repeat(n)],
  ['scripts', (n) => '<script><!--<script>"{{ a }}'.repeat(n)],
  ['template literals', (n) => `<script>${'`${'.repeat(n)}`],
];

describe('linear time', () => {
  it.each(PATTERNS)('for %s', { retry: 3 }, (_, make) => {
    const small = fastest(make(SMALL));
    const large = fastest(make(SMALL * FACTOR));
    // Below a few milliseconds the clock says nothing.
    expect(large / Math.max(small, 1)).toBeLessThan(MAX_RATIO);
  });
});

/** Milliseconds of the fastest of three runs. */
function fastest(text: string): number {
  let best = Number.POSITIVE_INFINITY;
  for (let run = 0; run < 3; run++) {
    const start = performance.now();
    parseTemplate(text);
    best = Math.min(best, performance.now() - start);
  }
  return best;
}
