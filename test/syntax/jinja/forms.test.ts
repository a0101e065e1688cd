/** Tags with their attributes, and forms with what is in them. */
import { describe, expect, it } from 'vitest';
import type { HtmlForm, HtmlTag } from '../../../server/core/syntax/jinja/ast';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';

function showTag(text: string, tag: HtmlTag): string {
  const attributes = tag.attributes.map((each) => {
    const { valueRange } = each;
    const value = valueRange
      ? `=${each.quote}${text.slice(valueRange.start, valueRange.end)}${each.quote}`
      : '';
    return `${text.slice(each.nameRange.start, each.nameRange.end)}${value}${each.isDynamic ? '!' : ''}`;
  });
  const name = tag.isClosing ? `/${tag.name}` : tag.name;
  return [name, ...attributes].join(' ') + (tag.isSelfClosing ? '/' : '');
}

function tagsOf(text: string): readonly string[] {
  return parseTemplate(text).tags.map((tag) => showTag(text, tag));
}

/** `post 2 1 closed`: method, number of inputs, number of outputs. */
function formsOf(text: string): readonly string[] {
  const show = (form: HtmlForm): string =>
    `${form.method} ${form.inputs.length} ${form.outputs.length}${form.close ? ' closed' : ''}`;
  return parseTemplate(text).forms.map(show);
}

describe('tags', () => {
  it.each([
    ['<a HREF="x" id=y z q=\'\' w="">', 'a HREF="x" id=y z q=\'\' w=""'],
    ['<br/><BR /></Br >', 'br/', 'br/', '/br'],
    [
      '<a href="/{{ x }}" id="{% if a %}b{% endif %}" c="{# d #}">',
      'a href="/{{ x }}"! id="{% if a %}b{% endif %}"! c="{# d #}"',
    ],
    ['<a href={{ x }} id={% if a %}b{% endif %}>', 'a href={{ x }}! id=b{% endif %}!'],
    ['<a {% if x %}b="1"{% else %}c=\'2\'{% endif %} d>', 'a b="1" c=\'2\' d'],
    ['<a {% if x %}b="1">{% else %}c="2">{% endif %}', 'a b="1" c="2"'],
    ['<a {{ x }} b>', 'a {{ x }} b'],
    ['<a b=1 b=2>', 'a b=1 b=2'],
    ['<script src=x></script><title>a</title>', 'script src=x', '/script', 'title', '/title'],
    [
      '<script>"<b>"</script><!-- <i> --><textarea><u></textarea>',
      'script',
      '/script',
      'textarea',
      '/textarea',
    ],
    ['{# <b> #}{% raw %}<i>{% endraw %}{{ "<u>" }}', 'i'],
    ['<a b="1', ...[]],
  ])('of %s', (text, ...tags) => {
    expect(tagsOf(text)).toEqual(tags);
  });

  it('have exact ranges', () => {
    const text = 'x<a b = "c" d=e f>y</a>';
    const [tag, closing] = parseTemplate(text).tags;
    expect(text.slice(tag?.start, tag?.end)).toBe('<a b = "c" d=e f>');
    expect(text.slice(closing?.start, closing?.end)).toBe('</a>');
    expect(tag?.attributes.map((each) => text.slice(each.start, each.end))).toEqual(['b = "c"', 'd=e', 'f']);
  });

  it('come in source order', () => {
    const starts = parseTemplate('<a {% if x %}b><i>{% else %}c><u>{% endif %}</a><p>').tags.map(
      (tag) => tag.start,
    );
    expect(starts).toEqual([...starts].sort((a, b) => a - b));
    expect(new Set(starts).size).toBe(starts.length);
  });
});

describe('forms', () => {
  it.each([
    ['<form method="POST">{{ a }}<input><select></select>{{ b }}</form>{{ c }}<input>', 'post 2 2 closed'],
    ['<form></form><form method></form><form method="">', 'get 0 0 closed', 'get 0 0 closed', 'get 0 0'],
    ['<form method="{{ m }}"></form>', 'undefined 0 0 closed'],
    ['<form method="{% if a %}post{% else %}get{% endif %}"></form>', 'undefined 0 0 closed'],
    ['<form {{ attributes }}></form>', 'undefined 0 0 closed'],
    ['<form {{ attributes }} method=post></form>', 'post 0 0 closed'],
    ['<form {% if a %}method="post"{% endif %}></form>', 'post 0 0 closed'],
    [
      '{% if a %}<form method=post>{% else %}<form>{% endif %}{{ b }}<input></form>{{ c }}',
      'post 1 1 closed',
      'get 1 1 closed',
    ],
    ['{% if a %}<form method=post>{% endif %}{{ b }}{% if a %}</form>{% endif %}{{ c }}', 'post 0 1 closed'],
    [
      '<form method=post>{% if a %}{{ b }}</form>{% else %}<input></form>{% endif %}{{ c }}',
      'post 1 1 closed',
    ],
    [
      '<form method=post>{% if a %}</form><form>{% endif %}<input></form>',
      'post 1 0 closed',
      'get 1 0 closed',
    ],
    ['<form>{{ a }}<form method=post>{{ b }}</form>', 'get 0 2 closed', 'post 0 1 closed'],
    ['<form method=post>{% for x in y %}<input value={{ x }}>{% endfor %}</form>', 'post 1 1 closed'],
    [
      '<form method=post>{% macro m() %}<form>{{ a }}</form>{% endmacro %}{{ b }}</form>',
      'post 0 1 closed',
      'get 0 1 closed',
    ],
    ['{% if a %}<form method=post>{% endif %}<form><input></form>', 'post 1 0 closed', 'get 1 0 closed'],
    ['<form method=post>{% block b %}{{ a }}{% endblock %}', 'post 0 1'],
    ['<script>"<form>"</script><!-- <form> -->', ...[]],
  ])('of %s', (text, ...forms) => {
    expect(formsOf(text)).toEqual(forms);
  });

  it('do not take in the outputs of their own tag', () => {
    const [form] = parseTemplate('<form action="{{ a }}" method=post>{{ b }}</form>').forms;
    expect(form?.outputs).toHaveLength(1);
  });
});
