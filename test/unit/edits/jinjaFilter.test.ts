import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/core/base/textEdit';
import { addFilter, quoteAttribute, removeFilter } from '../../../server/core/edits/jinjaFilter';
import type { JinjaFilter } from '../../../server/core/syntax/jinja/ast';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';

function filterNamed(text: string, name: string): JinjaFilter | undefined {
  const visit = (value: unknown): JinjaFilter | undefined => {
    if (typeof value !== 'object' || value === null) return undefined;
    if ('kind' in value && value.kind === 'Filter' && (value as JinjaFilter).name === name)
      return value as JinjaFilter;
    for (const part of Object.values(value)) {
      const found = visit(part);
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return visit(parseTemplate(text).body);
}

function parsed(text: string): string {
  expect(parseTemplate(text).problems, text).toEqual([]);
  return text;
}

describe('removeFilter', () => {
  it.each([
    ['{{ x|safe }}', '{{ x }}'],
    ['{{x|safe}}', '{{x}}'],
    ['{{ x | safe }}', '{{ x }}'],
    ['{{- x|safe -}}', '{{- x -}}'],
    ['{{ x | trim | safe | upper }}', '{{ x | trim | upper }}'],
    ['{{ x|safe|upper }}', '{{ x|upper }}'],
    ['{{ x.y["a"]|safe }}', '{{ x.y["a"] }}'],
    ['{{ f(x)|safe }}', '{{ f(x) }}'],
    ['{{ (x|safe) ~ y }}', '{{ x ~ y }}'],
    ['{{ (a ~ b)|safe }}', '{{ (a ~ b) }}'],
    ['{{ f(x|safe) }}', '{{ f(x) }}'],
    ['{{ (x|safe, y) }}', '{{ (x, y) }}'],
    ['{{ x|safe if y else z }}', '{{ x if y else z }}'],
    ['{{ x|safe() }}', '{{ x }}'],
    ['{{ x\n   | safe }}', '{{ x }}'],
    ['<p>{{ x|safe }}</p>{# |safe #}', '<p>{{ x }}</p>{# |safe #}'],
    ['{% set y = x|safe %}', '{% set y = x %}'],
    ['{% if x|safe %}a{% endif %}', '{% if x %}a{% endif %}'],
    ['{% for a in (x|safe) %}{% endfor %}', '{% for a in x %}{% endfor %}'],
    ['{% filter safe|upper %}a{% endfilter %}', '{% filter upper %}a{% endfilter %}'],
    ['{% filter upper|safe %}a{% endfilter %}', '{% filter upper %}a{% endfilter %}'],
  ])('%s', (before, after) => {
    const filter = filterNamed(before, 'safe');
    if (filter === undefined) throw new Error('no filter');
    const result = removeFilter(before, filter);
    if (result.kind === 'refused') throw new Error(result.reason);
    expect(parsed(applyEdits(before, result.edits))).toBe(after);
    expect(filterNamed(after, 'safe')).toBeUndefined();
  });

  it('refuses a block that is nothing else', () => {
    const text = '{% filter safe %}a{% endfilter %}';
    expect(removeFilter(text, filterNamed(text, 'safe') as JinjaFilter).kind).toBe('refused');
  });
});

describe('addFilter', () => {
  it.each([
    ['{{ x }}', '{{ x|e }}'],
    ['{{ x.y }}', '{{ x.y|e }}'],
    ['{{ a ~ b }}', '{{ (a ~ b)|e }}'],
    ['{{ a if b else c }}', '{{ (a if b else c)|e }}'],
    ['{{ x|upper }}', '{{ x|upper|e }}'],
    ['{{ -x }}', '{{ (-x)|e }}'],
    ['{{ x is defined }}', '{{ (x is defined)|e }}'],
    ['{{ y | trim }}{{ x }}', '{{ y | trim | e }}{{ x }}'],
  ])('%s', (before, after) => {
    const output = parseTemplate(before).outputs[0];
    if (output === undefined) throw new Error('no output');
    const result = addFilter(before, output.expression, 'e');
    if (result.kind === 'refused') throw new Error(result.reason);
    expect(parsed(applyEdits(before, result.edits))).toBe(after);
  });
});

describe('quoteAttribute', () => {
  it.each([
    ['<a title={{ x }}>', '<a title="{{ x }}">'],
    ['<a title={{ x }} href="/">', '<a title="{{ x }}" href="/">'],
    ['<a href=/u/{{ x }}/edit>', '<a href="/u/{{ x }}/edit">'],
    [`<a title={{ x["y"] }}>`, `<a title='{{ x["y"] }}'>`],
  ])('%s', (before, after) => {
    const context = parseTemplate(before).outputs[0]?.context;
    if (context?.kind !== 'attribute') throw new Error('no attribute');
    const result = quoteAttribute(before, context);
    if (result.kind === 'refused') throw new Error(result.reason);
    expect(parsed(applyEdits(before, result.edits))).toBe(after);
    const again = parseTemplate(after).outputs[0]?.context;
    expect(again?.kind === 'attribute' && quoteAttribute(after, again).kind).toBe('refused');
  });
});
