/** Statements of Jinja 3.1 and its usual extensions, their recovery, and their ranges. */
import { describe, expect, it } from 'vitest';
import type { TemplateNode } from '../../../server/core/syntax/jinja/ast';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';
import { expressionsOf } from '../../../server/core/syntax/jinja/walk';
import { showExpression, showTree } from './support';

/** The first node, its plain fields and its own expressions, on one line. */
function showNode(text: string): string {
  const [node] = parseTemplate(text).body;
  if (node === undefined) return '';
  const fields = Object.entries(node)
    .filter(
      ([key, value]) => key !== 'kind' && ['string', 'boolean'].includes(typeof value) && value !== false,
    )
    .map(([key, value]) => (value === true ? key : `${key}=${value}`));
  return [node.kind, ...fields, ...expressionsOf(node).map(showExpression)].join(' ');
}

const VALID: readonly (readonly [source: string, node: string])[] = [
  ['{% if a %}{% endif %}', 'If a'],
  [
    '{%- if a and b -%}{%+ elif c is defined %}{% elif (d, e) %}{% else %}{%- endif +%}',
    'If (and a b) (test c defined) (tuple d e)',
  ],
  ['{% for x in y %}{% endfor %}', 'For x y'],
  [
    '{% for k, v in d.items() if v recursive %}{% else %}{% endfor %}',
    'For isRecursive (tuple k v) (call (. d items)) v',
  ],
  ['{% for x in a, b %}{% endfor %}', 'For x (tuple a b)'],
  [
    '{% for (a, b), c in x|sort recursive %}{% endfor %}',
    'For isRecursive (tuple (tuple a b) c) (filter x sort)',
  ],
  ['{% for x in y if x if z %}{% endfor %}', 'For x y (if z x _)'],
  ['{% block a %}{% endblock %}', 'Block name=a'],
  ['{% block a scoped required %} {% endblock a %}', 'Block name=a isScoped isRequired'],
  ['{% extends "a" if b else c %}', 'Extends (if b "a" c)'],
  ['{% include "a" %}', 'Include withContext "a"'],
  ["{% include ['a', b] ignore missing without context %}", 'Include ignoreMissing (list "a" b)'],
  [
    '{% include a ~ ".html" ignore missing with context %}',
    'Include ignoreMissing withContext (~ a ".html")',
  ],
  ['{% import "a" as b %}', 'Import alias=b "a"'],
  ['{% import a as b with context %}', 'Import alias=b withContext a'],
  ['{% from "a" import b, c as d %}', 'FromImport "a"'],
  ['{% from "a" import b, c with context %}', 'FromImport withContext "a"'],
  ['{% from "a" import b, with context %}', 'FromImport withContext "a"'],
  ['{% macro m() %}{% endmacro %}', 'Macro name=m'],
  ['{% macro m(a, b=1, c={"x": [1]}) %}{% endmacro %}', 'Macro name=m 1 (dict "x":(list 1))'],
  ['{% call m() %}{% endcall %}', 'CallBlock (call m)'],
  ['{% call(a, b=2) x.m(1, *c) %}{% endcall %}', 'CallBlock 2 (call (. x m) 1 *c)'],
  ['{% filter upper %}{% endfilter %}', 'FilterBlock (filter _ upper)'],
  [
    '{% filter replace("a", "b")|trim %}{% endfilter %}',
    'FilterBlock (filter (filter _ replace "a" "b") trim)',
  ],
  ['{% set a = 1, 2 %}', 'Set a (tuple 1 2)'],
  ['{% set a, b = c %}', 'Set (tuple a b) c'],
  ['{% set ns.a = b if c %}', 'Set (. ns a) (if c b _)'],
  ['{% set a %}x{% endset %}', 'SetBlock a'],
  ['{% set a | upper | trim %}x{% endset %}', 'SetBlock a (filter (filter _ upper) trim)'],
  ['{% with %}{% endwith %}', 'With'],
  ['{% with a = 1, b = c|d %}{% endwith %}', 'With a 1 b (filter c d)'],
  ['{% autoescape a %}{% endautoescape %}', 'Autoescape a'],
  ['{% do a.append(1) %}', 'Do (call (. a append) 1)'],
  ['{% trans %}x{% endtrans %}', 'Trans'],
  ['{% trans a, b=c.d, trimmed %}x{% endtrans %}', 'Trans a (. c d)'],
  ['{% trans n=a|length %}x{% pluralize n %}y{% endtrans %}', 'Trans (filter a length)'],
  ['{% trans "menu" a=b %}x{% endtrans %}', 'Trans b'],
  ['{% raw %}{{ x }}{% y %}{# z #}{% endraw %}', 'Raw'],
  ['{%- raw -%} {{ {%- endraw -%}', 'Raw'],
  ['{% debug %}', 'LoopControl name=debug'],
  ['{% print a, b %}', 'Output (tuple a b)'],
  ['{% cache 300, key=x.y %}', 'Unknown name=cache 300 key (. x y)'],
  ['{% set block = 1 %}', 'Set block 1'],
  ['{% for if_ in not_in %}{% endfor %}', 'For if_ not_in'],
];

const INVALID: readonly (readonly [source: string, tree: string, problem: string])[] = [
  ['{% if %}a{% endif %}', 'If(Text)()', 'Expected an expression'],
  ['{% if a b %}c{% endif %}', 'If(Text)()', "Unexpected 'b'"],
  ['{% for x y %}a{% endfor %}', 'For(Text)()', "Expected 'in'"],
  ['{% block %}a{% endblock %}', 'Block(Text)', 'Expected the name of the block'],
  ['{% import "a" %}', 'Import', "Expected 'as'"],
  ['{% from "a" %}', 'FromImport', "Expected 'import'"],
  ['{% macro m %}a{% endmacro %}', 'Macro(Text)', "Expected '('"],
  ['{% %}a', 'Unknown Text', 'Expected the name of a tag'],
  [
    '{% if a %}{% block b %}c{% endif %}d',
    'If(Block(Text))() Text',
    "This 'block' is not closed: expected '{% endblock %}'",
  ],
  [
    '{% block b %}{% if a %}c{% endblock %}d',
    'Block(If(Text)()) Text',
    "This 'if' is not closed: expected '{% endif %}'",
  ],
  ['a{% endif %}b', 'Text Unknown Text', "'endif' has no 'if' before it"],
  ['a{% elif b %}c', 'Text Unknown Text', "'elif' stands outside of 'if'"],
  ['{% for x in y %}{% elif z %}a{% endfor %}', 'For(Unknown Text)()', "'elif' stands outside of 'if'"],
  [
    '{% if a %}{% for x in y %}b{% endif %}c',
    'If(For(Text)())() Text',
    "This 'for' is not closed: expected '{% endfor %}'",
  ],
  ['{% set a %}b{{ c }}', 'Set Text Output', "This 'set' is not closed: expected '{% endset %}'"],
  [
    '{% block b %}{% set a %}c{% endblock %}d',
    'Block(Set Text) Text',
    "This 'set' is not closed: expected '{% endset %}'",
  ],
  ['{% if a %}b{% endif a %}c', 'If(Text)() Text', "Unexpected 'a'"],
  ['{% if a %}b{% else if c %}d{% endif %}', 'If(Text)(Text)', "Unexpected 'if'"],
  ['{% if a %}b', 'If(Text)()', "This 'if' is not closed: expected '{% endif %}'"],
  ['{% raw %}a{{ b }}', 'Raw Text Output', "This raw block is not closed: expected '{% endraw %}'"],
  ['{# a', 'Comment', "This comment is not closed: expected '#}'"],
  ['{{ a', 'Output', "This output is not closed: expected '}}'"],
  ['{% do a', 'Do', "This tag is not closed: expected '%}'"],
];

describe('statements', () => {
  it.each(VALID)('reads %s', (source, node) => {
    expect(parseTemplate(source).problems).toEqual([]);
    expect(showNode(source)).toBe(node);
    expect(parseTemplate(source).body[0]).toMatchObject({ start: 0, end: source.length });
  });

  it.each(INVALID)('recovers from %s', (source, tree, problem) => {
    const template = parseTemplate(source);
    expect(showTree(template)).toBe(tree);
    expect(template.problems.map((each) => each.message)).toContain(problem);
  });

  it('names what is imported, and macro parameters', () => {
    const [from, macro] = parseTemplate(
      '{% from "m" import a, b as c %}{% macro m(x, y=1) %}{% endmacro %}',
    ).body;
    expect(from).toMatchObject({ names: [{ name: 'a' }, { name: 'b', alias: 'c' }] });
    expect(macro).toMatchObject({ params: [{ name: 'x' }, { name: 'y', default: { value: 1 } }] });
  });

  it('keeps branches apart', () => {
    const text =
      '{% if a %}1{% elif b %}2{{ x }}{% else %}3{% endif %}{% for x in y %}4{% else %}5{% endfor %}';
    expect(showTree(parseTemplate(text))).toBe('If(Text)(Text Output)(Text) For(Text)(Text)');
  });

  it('gives the opening tag of a block and of each branch', () => {
    const text = '{% if a %}1{%- elif b %}2{% endif %}';
    const [node] = parseTemplate(text).body;
    if (node?.kind !== 'If') throw new Error('Expected an if');
    expect(text.slice(node.tag.start, node.tag.end)).toBe('{% if a %}');
    expect(node.branches.map((each) => text.slice(each.tag.start, each.tag.end))).toEqual([
      '{% if a %}',
      '{%- elif b %}',
    ]);
  });

  it('lists comments with their content and outputs wherever they are nested', () => {
    const { comments, outputs } = parseTemplate(
      '{#- moat: ignore -#}{% block a %}{# b #}{{ c }}{% macro m() %}{{ d }}{% endmacro %}{% endblock %}{{ e }}',
    );
    expect(comments.map((each) => each.content)).toEqual(['- moat: ignore -', ' b ']);
    expect(outputs.map((each) => showExpression(each.expression))).toEqual(['c', 'd', 'e']);
  });

  it('reads any text', () => {
    for (const text of [
      '',
      '\ufeff',
      'a',
      '\r\n',
      '{',
      '{{',
      '{%',
      '{#',
      '}}',
      '<',
      '<!',
      '{{}}',
      '{%%}',
      '{##}',
    ])
      expect(parseTemplate(text).text).toBe(text);
  });
});

describe('nesting', () => {
  it('stays flat enough to walk for 10,000 nested blocks', () => {
    const depth = 10_000;
    const text = `${'{% if a %}<b title="{{ x }}">'.repeat(depth)}${'{% endif %}'.repeat(depth)}{{ y }}`;
    const template = parseTemplate(text);
    expect(template.outputs).toHaveLength(depth + 1);
    expect(depthOf(template.body)).toBeLessThan(200);
    expect(parseTemplate('{% block a %}'.repeat(depth)).problems.length).toBeGreaterThanOrEqual(depth);
  });
});

function depthOf(body: readonly TemplateNode[]): number {
  let depth = 0;
  for (const node of body) {
    const inner = node.kind === 'If' ? node.branches.flatMap((each) => each.body) : [];
    depth = Math.max(depth, 1 + depthOf(inner));
  }
  return depth;
}
