/** Where outputs land in HTML, in templates that try to mislead. */
import { describe, expect, it } from 'vitest';
import type { HtmlContext } from '../../../server/core/syntax/jinja/ast';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';
import { contextsOf } from './support';

type Cases = readonly (readonly [template: string, ...contexts: string[]])[];

const TEXT: Cases = [
  ['{{ a }}', 'text'],
  ['<p>{{ a }}<b>{{ b }}</b>{{ c }}</p>{{ d }}', 'text p', 'text b', 'text p', 'text'],
  ['<P CLASS=x>{{ a }}</P>', 'text p'],
  ['<br>{{ a }}<hr/>{{ b }}', 'text', 'text'],
  ['a < {{ b }} > c', 'text'],
  ['1<2 {{ a }}', 'text'],
  ['<>{{ a }}</>{{ b }}', 'text', 'text'],
  ['<a title=">">{{ a }}', 'text a'],
  ['<a title=\'">\' alt="\'>">{{ a }}', 'text a'],
  ['<noscript>{{ a }}<b title="{{ b }}"></b></noscript>', 'text noscript', 'attr b.title"'],
  ['<template><i>{{ a }}</i></template>', 'text i'],
];

const ATTRIBUTES: Cases = [
  ['<a title="{{ a }}" alt=\'{{ b }}\' id={{ c }}>', 'attr a.title"', "attr a.alt'", 'attr a.id'],
  ['<a title = "{{ a }}" id\n=\n{{ b }}>', 'attr a.title"', 'attr a.id'],
  ['<a title="{{ a }}"{{ b }} {{ c }}>{{ d }}', 'attr a.title"', 'tag a', 'tag a', 'text a'],
  ['<a {{ a }}="{{ b }}">', 'tag a', 'attr a.□"'],
  ['<a data-{{ a }}={{ b }}c{{ c }}>', 'tag a', 'attr a.data-□', 'attr a.data-□ [□c]'],
  ['<{{ a }} id="{{ b }}">{{ c }}</{{ d }}>', 'tag', 'attr □.id"', 'text □', 'tag'],
  ['<h{{ a }} id={{ b }}>', 'tag', 'attr h□.id'],
  ['<a href={{ a }}/{{ b }}/>{{ c }}', 'attr a.href url', 'attr a.href url [□/]', 'text a'],
  ['<a id=x"{{ a }}">{{ b }}', 'attr a.id [x"]', 'text a'],
  ['<a id=\'{{ a }}"{{ b }}>{{ c }}', "attr a.id'", 'attr a.id\' [□"]', 'attr a.id\' [□"□>]'],
  ['<a id=""{{ a }}"">{{ b }}', 'tag a', 'text a'],
  ['<a/id="{{ a }}"/title={{ b }}>', 'attr a.id"', 'attr a.title'],
  ['<a id=>{{ a }}', 'text a'],
  ['<a = "{{ a }}">', 'tag a'],
  ['<a id id="{{ a }}">', 'attr a.id"'],
  ['<a\n  id="\n  {{ a }}\n">', 'attr a.id" [\n  ]'],
  ['<a <b id="{{ a }}">{{ b }}', 'attr a.id"', 'text a'],
  ['</a href="{{ a }}">{{ b }}', 'attr a.href" url', 'text'],
  ['<a href="{{ a }}', 'attr a.href" url'],
];

const ROLES: Cases = [
  [
    '<a href="{{ a }}?next={{ b }}#{{ c }}">',
    'attr a.href" url',
    'attr a.href" url [□?next=]',
    'attr a.href" url [□?next=□#]',
  ],
  [
    '<form action={{ a }}><button formaction="/{{ b }}">',
    'attr form.action url',
    'attr button.formaction" url [/]',
  ],
  ['<object data="{{ a }}"><div data="{{ b }}">', 'attr object.data" url', 'attr div.data"'],
  ['<svg><a xlink:href="{{ a }}">', 'attr a.xlink:href" url'],
  [
    '<img src="{{ a }}" srcset="{{ b }} 2x" alt="{{ c }}">',
    'attr img.src" url',
    'attr img.srcset" url',
    'attr img.alt"',
  ],
  ['<meta http-equiv=refresh content="0; URL={{ a }}">', 'attr meta.content" url'],
  ['<meta name=description content="{{ a }}">', 'attr meta.content"'],
  [
    '<iframe srcdoc="{{ a }}" src={{ b }}>{{ c }}</iframe>',
    'attr iframe.srcdoc" srcdoc',
    'attr iframe.src url',
    'rcdata iframe',
  ],
  ['<p style="color: {{ a }}">', 'attr p.style" style [color: ]'],
  [
    '<p onclick="f({{ a }}, \'{{ b }}\')">',
    'attr p.onclick" eventHandler [f(]',
    "attr p.onclick\" eventHandler js' [f(□, ']",
  ],
  ['<p onclick=\'f("{{ a }}")\'>', 'attr p.onclick\' eventHandler js" [f("]'],
  [
    '<p onclick="f(&quot;{{ a }}&quot;, {{ b }})">',
    'attr p.onclick" eventHandler js" [f(&quot;]',
    'attr p.onclick" eventHandler [f(&quot;□&quot;, ]',
  ],
  [
    '<p onclick="f(&#39;it\\&#39;s {{ a }}&#x27;)">',
    'attr p.onclick" eventHandler js\' [f(&#39;it\\&#39;s ]',
  ],
  ['<p onclick=f({{ a }})>', 'attr p.onclick eventHandler [f(]'],
  [
    '<p @click="go(\'{{ a }}\')" x-data="{ n: {{ b }} }" :id="{{ c }}">',
    "attr p.@click\" eventHandler js' [go(']",
    'attr p.x-data" eventHandler [{ n: ]',
    'attr p.:id" eventHandler',
  ],
  ['<a href="javascript:f(\'{{ a }}\')">', "attr a.href\" url js' [javascript:f(']"],
  ['<a HREF="{{ a }}" OnClick="{{ b }}">', 'attr a.href" url', 'attr a.onclick" eventHandler'],
  ['<a data-href="{{ a }}" once="{{ b }}">', 'attr a.data-href"', 'attr a.once" eventHandler'],
];

const RAW: Cases = [
  ['<title>{{ a }}<b>{{ b }}</title>{{ c }}', 'rcdata title', 'rcdata title', 'text'],
  [
    '<textarea id="{{ a }}">{{ b }}</text>{{ c }}</TEXTAREA >{{ d }}',
    'attr textarea.id"',
    'rcdata textarea',
    'rcdata textarea',
    'text',
  ],
  ['<xmp><a href="{{ a }}"></xmp>{{ b }}', 'rcdata xmp', 'text'],
  ['<plaintext></plaintext>{{ a }}', 'rcdata plaintext'],
  ['<style>a{b:{{ a }}}</style>{{ b }}', 'style', 'text'],
  ['<style>/* </script> <b {{ a }} */</style>{{ b }}', 'style', 'text'],
  ['<script>var a = {{ a }};</script>{{ b }}', 'script', 'text'],
  ['<script src="{{ a }}">{{ b }}</script>', 'attr script.src" url', 'script'],
  ['<script>a("</scripted>{{ a }}</script>{{ b }}', 'script "', 'text'],
  ['<script>a = \'<b title="{{ a }}">{{ b }}\';</script>', "script '", "script '"],
  ['<script><!-- {{ a }} --></script>{{ b }}', 'script comment', 'text'],
  [
    '<script><!-- <script> </script> {{ a }} --> {{ b }}</script>{{ c }}',
    'script comment',
    'script comment',
    'text',
  ],
  [
    '<svg><title>{{ a }}<b title="{{ b }}"></b></title><style>{{ c }}</style></svg>',
    'text title',
    'attr b.title"',
    'style',
  ],
];

const SCRIPT: Cases = [
  ['<script>"{{ a }}" \'{{ b }}\' `{{ c }}` {{ d }}</script>', 'script "', "script '", 'script `', 'script'],
  ['<script>"\\"{{ a }}" "\\\\" {{ b }}</script>', 'script "', 'script'],
  [
    '<script>// it\'s\n{{ a }} /* " */ {{ b }} // {{ c }}\n{{ d }}</script>',
    'script',
    'script',
    'script comment',
    'script',
  ],
  ['<script>"// {{ a }}"; "/*"; {{ b }}</script>', 'script "', 'script'],
  ['<script>x = /["\'`]/g; {{ a }}; y = a / b / "{{ b }}"</script>', 'script', 'script "'],
  ['<script>return /"/.test(x) ? {{ a }} : (b) / "{{ b }}"</script>', 'script', 'script "'],
  ['<script>x = /[/"]"/; {{ a }}</script>', 'script'],
  [
    '<script>`${ a + "{{ a }}" + `{{ b }}` } {{ c }} ${ {b: {{ d }} } }`; {{ e }}</script>',
    'script "',
    'script `',
    'script `',
    'script',
    'script',
  ],
  ['<script>"unclosed {{ a }}\n{{ b }}</script>', 'script "', 'script'],
  ['<script>{{ a }} / "{{ b }}"</script>', 'script', 'script "'],
  [
    '<script type="application/json">{"a\'b": "{{ a }}", "c": {{ b }}}</script>',
    'script application/json "',
    'script application/json',
  ],
  ['<script type="text/template"><b title="it\'s {{ a }}"></script>', 'script text/template'],
  ['<script type="{{ t }}">"{{ a }}"</script>', 'attr script.type"', 'script "'],
  ['<script TYPE=module>"{{ a }}"</script>', 'script module "'],
];

const COMMENTS: Cases = [
  ['<!-- {{ a }} -- {{ b }} > -->{{ c }}', 'comment', 'comment', 'text'],
  ['<!-->{{ a }}<!--->{{ b }}', 'text', 'text'],
  ['<!-- a --!>{{ a }}', 'text'],
  ['<!doctype {{ a }}>{{ b }}', 'comment', 'text'],
  [
    '<!{{ a }}>{{ b }}<?php {{ c }} ?>{{ d }}</ {{ e }}>{{ f }}',
    'comment',
    'text',
    'comment',
    'text',
    'comment',
    'text',
  ],
  ['<![CDATA[<b {{ a }}>{{ b }}]]>', 'comment', 'text'],
  ['<svg><![CDATA[<b {{ a }}>{{ b }}]]>{{ c }}</svg>', 'text svg', 'text svg', 'text svg'],
  ['<!--[if IE]><p title="{{ a }}"><![endif]-->{{ b }}', 'comment', 'text'],
  ['<a <!-- id="{{ a }}" -->{{ b }}', 'attr a.id"', 'text a'],
  [
    '<?xml version="1.0"?><title>{{ a }}<b/>{{ b }}</title><![CDATA[{{ c }}]]>',
    'text title',
    'text title',
    'text',
  ],
];

const BRANCHES: Cases = [
  [
    '<a {% if x %}href="{{ a }}"{% else %}id="{{ b }}"{% endif %}>{{ c }}',
    'attr a.href" url',
    'attr a.id"',
    'text a',
  ],
  [
    '<a {% if x %}href="{{ a }}">{% else %}id="{{ b }}">{% endif %}{{ c }}',
    'attr a.href" url',
    'attr a.id"',
    'text a',
  ],
  ['<a {% if x %}href{% else %}id{% endif %}="{{ a }}">{{ b }}', 'attr a.href" url', 'text a'],
  [
    '<p{% if x %} class="{{ a }}"{% elif y %} id={{ b }}{% endif %} title={{ c }}>{{ d }}',
    'attr p.class"',
    'attr p.id',
    'attr p.title',
    'text p',
  ],
  ['<a href="{% if x %}/in/{% endif %}{{ a }}">', 'attr a.href" url'],
  ['<a href="{% if x %}/in/{% else %}/out/{% endif %}{{ a }}">', 'attr a.href" url [/in/]'],
  [
    '<a href="{% if x %}{{ a }}{% else %}/b/{{ b }}{% endif %}">{{ c }}',
    'attr a.href" url',
    'attr a.href" url [/b/]',
    'text a',
  ],
  ['{% if x %}<script>{% endif %}"{{ a }}"{% if x %}</script>{% endif %}{{ b }}', 'script "', 'text'],
  ['{% if x %}<!--{% endif %}{{ a }}{% if x %}-->{% endif %}{{ b }}', 'comment', 'text'],
  ['{% if x %}<p class="{% endif %}<b>{{ a }}</b>', 'text b'],
  ['<p {% if x %}class="{{ a }}{% endif %}">{{ b }}', 'attr p.class"', 'text p'],
  [
    '<p {% if x %}>{{ a }}{% else %}id=1>{{ b }}{% endif %}{{ c }}</p>{{ d }}',
    'text p',
    'text p',
    'text p',
    'text',
  ],
  ['<ul{% for x in y %} data-{{ x }}="{{ a }}"{% endfor %}>{{ b }}', 'tag ul', 'attr ul.data-□"', 'text ul'],
  [
    '<select>{% for x in y %}<option value={{ x }}{% if z %} selected{% endif %}>{{ a }}{% endfor %}</select>{{ b }}',
    'attr option.value',
    'text option',
    'text',
  ],
  [
    '<b title="{% for x in y %}{{ x }}, {% else %}{{ a }}{% endfor %}{{ b }}">{{ c }}',
    'attr b.title"',
    'attr b.title"',
    'attr b.title" [□]',
    'text b',
  ],
  ['<script>{% if x %}/*{% endif %} {{ a }} {% if x %}*/{% endif %}</script>', 'script'],
  [
    '<script>var a = {% if x %}"{{ a }}{% else %}"{{ b }}{% endif %}"; {{ c }}</script>',
    'script "',
    'script "',
    'script',
  ],
];

const JINJA: Cases = [
  ['<a title="{# " #}{{ a }}">{{ b }}', 'attr a.title"', 'text a'],
  ['<a title="{% raw %}{{ x }}">{% endraw %}{{ a }}', 'text a'],
  ['<a title="{{ "\\">" }}">{{ a }}', 'attr a.title"', 'text a'],
  ["<a title='{{ '>' }}'>{{ a }}", "attr a.title'", 'text a'],
  [
    '<p title="{% macro m() %}{{ a }}<i id={{ b }}>{% endmacro %}{{ c }}">',
    'text',
    'attr i.id',
    'attr p.title"',
  ],
  ['<script>{% set x %}<b>{{ a }}{% endset %}"{{ b }}"</script>', 'script', 'script "'],
  ['<textarea>{% block b %}{{ a }}{% endblock %}{{ b }}</textarea>', 'rcdata textarea', 'rcdata textarea'],
  [
    '<p title="{% call f() %}{{ a }}{% endcall %}{% include "x" %}{{ b }}">',
    'attr p.title"',
    'attr p.title"',
  ],
  [
    '<input value="{% trans n=a %}{{ n }} day{% pluralize %}{{ n }} days{% endtrans %}">{{ b }}',
    'attr input.value"',
    'attr input.value"',
    'text',
  ],
  ['<input checked {%- if a %} id={{ b }}{% endif -%} >{{ c }}', 'attr input.id', 'text'],
  ['<a id=x {%- if a %}{{ b }}{% endif %}>', 'attr a.id [x]'],
  ['{% print a %}<b title="{% print b %}">', 'text', 'attr b.title"'],
];

describe.each([
  ['text', TEXT],
  ['attributes', ATTRIBUTES],
  ['roles', ROLES],
  ['raw elements', RAW],
  ['scripts', SCRIPT],
  ['comments', COMMENTS],
  ['branches', BRANCHES],
  ['Jinja in HTML', JINJA],
])('contexts of outputs: %s', (_, cases) => {
  it.each(cases.map(([template, ...contexts]) => ({ template, contexts })))(
    '$template',
    ({ template, contexts }) => {
      expect(contextsOf(template)).toEqual(contexts);
    },
  );
});

describe('values of attributes', () => {
  it.each([
    ['<a href="{{ a }}/b" x>', '{{ a }}/b'],
    ["<a href='/{{ a }}' x>", '/{{ a }}'],
    ['<a href={{ a }} x>', '{{ a }}'],
    ['<a href={{ a }}>', '{{ a }}'],
    ['<a href="{% if x %}{{ a }}{% else %}b{% endif %}">', '{% if x %}{{ a }}{% else %}b{% endif %}'],
    ['<a href="x{{ a }}', 'x{{ a }}'],
  ])('reach to the end of the value in %s', (template, value) => {
    const [context] = parseContexts(template);
    if (context?.kind !== 'attribute') throw new Error('Expected an attribute');
    expect(template.slice(context.valueRange.start, context.valueRange.end)).toBe(value);
  });

  it('keeps a prefix of bounded length', () => {
    const context = parseContexts(`<a title="${'{{ a }}xxxx'.repeat(5000)}">`).at(-1);
    expect(context?.kind === 'attribute' && context.prefix.length).toBeLessThan(5000);
  });
});

function parseContexts(template: string): readonly HtmlContext[] {
  return parseTemplate(template).outputs.map((output) => output.context);
}
