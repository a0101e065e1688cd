/** While a tag is being typed, the outputs behind it keep their places and contexts. */
import { describe, expect, it } from 'vitest';
import type { HtmlContext } from '../../../server/core/syntax/jinja/ast';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';
import { outputTexts, showContext } from './support';

/** What stands behind the half-typed snippet: in the same line's rest and on the next lines. */
const TAIL =
  '</p>\n<p class="{{ first.name }}" id=b>{{ second|e }}</p>\n{% if third %}{{ fourth }}{% endif %}\n';
const EXPECTED = [
  ['{{ first.name }}', 'attr p.class"'],
  ['{{ second|e }}', 'text'],
  ['{{ fourth }}', 'text'],
];

const SNIPPETS = [
  '<p>{{',
  '<p>{{ ',
  '<p>{{-',
  '<p>{{ x',
  '<p>{{ x.',
  '<p>{{ x|',
  '<p>{{ x |',
  '<p>{{ x }',
  '<p>{{ x|default(',
  "<p>{{ x|default('",
  "<p>{{ x|default('a', ",
  '<p>{{ "abc',
  "<p>{{ 'abc",
  "<p>{{ _('it\\'s",
  '<p>{{ x[',
  "<p>{{ x['a",
  '<p>{{ x ~ ',
  '<p>{{ x if',
  '<p>{{ x if y else',
  '<p>{{ {',
  "<p>{{ {'a': ",
  '<p>{{ f(a, b=',
  '<p>{{ f(**',
  '<p>{{ x is not',
  '<p>{{ x %}',
  '<p>{{ x #}',
  '<p>{{ (x',
  '<p>{{ x) }}',
  '<p>{{ [x }}',
  '<p>{{ {x }}',
  '<p>{{ x ? y }}',
  '<p>{%',
  '<p>{% ',
  '<p>{%-',
  '<p>{% i',
  '<p>{% if',
  '<p>{% if x',
  '<p>{% if x ==',
  "<p>{% if x == '",
  '<p>{% if x }}',
  '<p>{% if x %',
  '<p>{% if x }',
  '<p>{% for',
  '<p>{% for x in',
  '<p>{% for x in y.items(',
  '<p>{% set x =',
  '<p>{% set x = [1, ',
  '<p>{% set x %}',
  '<p>{% include "',
  '<p>{% block',
  '<p>{% endif',
  '<p>{% endif %}',
  '<p>{% else %}',
  '<p>{% raw %}',
  '<p>{% raw',
  '<p>{#',
  '<p>{# todo',
  '<p>{# todo #',
  '<p>{',
  '<p>}} %} #}',
  '<a href="{{ x">',
  '<a href="{{ x|">',
  '<a href="{{ url_for(\'x\'">',
  "<a href='{{ x'>",
  '<a href="{{ "x">',
  '<a href="{{ x }">',
  '<a href="{% if x">',
  '<a href="{# x">',
  '<a href={{ x>',
  '<a href={{ x|e />',
  '<a {{ x>',
  '<a {% if x>',
  '<a id="a" {{>',
  '<script>var a = "{{ x";</script>',
  '<script>var a = {{ x|tojson;</script>',
  '<b>{{ x</b>',
  '<b>{{ x|e</b>{{ y }}',
  '<b>{{ x <i>{{ y }}</i></b>',
] as const;

/** The element around a text may be the snippet's own, which is not closed. */
function placeOf(context: HtmlContext): string {
  return context.kind === 'text' ? 'text' : showContext(context);
}

describe('half-typed tags', () => {
  it.each(SNIPPETS)('%s', (snippet) => {
    for (const newline of ['\n', '\r\n']) {
      const text = snippet + TAIL.replaceAll('\n', newline);
      const tail = snippet.length + '</p>'.length;
      const { outputs, problems } = parseTemplate(text);
      const behind = outputs.filter((output) => output.start >= tail);
      const found = behind.map((each) => [text.slice(each.start, each.end), placeOf(each.context)]);
      expect(found).toEqual(EXPECTED);
      expect(problems.filter((each) => each.start > tail && each.end < text.trimEnd().length)).toEqual([]);
    }
  });

  it.each([
    ['<p>{{ x</p>', '{{ x'],
    ['<a href="{{ x|e">', '{{ x|e'],
    ['<a href={{ x>', '{{ x'],
    ['{{ x | upper  \n<p>', '{{ x | upper'],
    ['{{ x {{ y }}', '{{ x', '{{ y }}'],
    ['{{ x %}y', '{{ x %}'],
    ['{{ x }y', '{{ x }'],
    ["{{ 'it }} {{ y }}", "{{ 'it }}", '{{ y }}'],
    ['<a title="{{ x["a }}">{{ y["b"] }}', '{{ x["a }}', '{{ y["b"] }}'],
    ['{{ f(\n  a,\n  b\n<p>{{ y }}', '{{ f(', '{{ y }}'],
  ])('ends %j within its line', (text, ...expected) => {
    expect(outputTexts(text)).toEqual(expected);
  });

  it.each([
    ['{{ "{{" }}{{ y }}', '{{ "{{" }}', '{{ y }}'],
    ["{{ '{% raw %}' }}{{ '}}' }}", "{{ '{% raw %}' }}", "{{ '}}' }}"],
    ['{{ f(\n  "a\nb",\n  c\n) }}', '{{ f(\n  "a\nb",\n  c\n) }}'],
    ["{{ {'a': {'b': 1}} }}", "{{ {'a': {'b': 1}} }}"],
    ['{{ a\n  < b }}', '{{ a\n  < b }}'],
    ["{{ ['<p>',\n '</p>'] }}", "{{ ['<p>',\n '</p>'] }}"],
    ['{#\n {# inner #}\n {{ no }} #}{{ y }}', '{{ no }}', '{{ y }}'],
    ['{# a\n{{ no }}\n#}{{ y }}', '{{ y }}'],
    ['{# a\n{# b #}\n{{ y }}', '{{ y }}'],
  ])('reads the closed tag %j whole', (text, ...expected) => {
    expect(outputTexts(text)).toEqual(expected);
  });
});
