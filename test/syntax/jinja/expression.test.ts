/** Every form of Jinja 3.1's expressions. The trees were compared with those of jinja2 3.1.6 once. */
import { describe, expect, it } from 'vitest';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';
import { showExpression } from './support';

const EXPRESSIONS: readonly (readonly [source: string, tree: string])[] = [
  ['a', 'a'],
  ['a.b.c', '(. (. a b) c)'],
  ['a[0]', '(item a 0)'],
  ["a['b']", '(item a "b")'],
  ['a[1:2]', '(item a (slice 1 2 _))'],
  ['a[::2]', '(item a (slice _ _ 2))'],
  ['a[:-1]', '(item a (slice _ (- 1) _))'],
  ['a[1:2, 3]', '(item a (tuple (slice 1 2 _) 3))'],
  ['a.0', '(item a 0)'],
  ['a.0.1', '(item (item a 0) 1)'],
  ['a.0.b', '(. (item a 0) b)'],
  ['a()', '(call a)'],
  ['a(1, 2, x=3)', '(call a 1 2 x=3)'],
  ['a(*b, **c)', '(call a *b **c)'],
  ['a(1, *b, x=2, **c,)', '(call a 1 *b x=2 **c)'],
  ['a|b', '(filter a b)'],
  ['a|b|c', '(filter (filter a b) c)'],
  ['a|b(1)|c(x=2)', '(filter (filter a b 1) c x=2)'],
  ['a|b.c', '(filter a b.c)'],
  ['a.b|c', '(filter (. a b) c)'],
  ['-a|abs', '(filter (- a) abs)'],
  ['-a.b', '(- (. a b))'],
  ['- - a', '(- (- a))'],
  ['+a', '(+ a)'],
  ['a + b * c', '(+ a (* b c))'],
  ['a * b + c', '(+ (* a b) c)'],
  ['a ** b ** c', '(** (** a b) c)'],
  ['-a ** b', '(** (- a) b)'],
  ['a ~ b ~ c', '(~ (~ a b) c)'],
  ['a ~ b + c', '(+ (~ a b) c)'],
  ['a + b ~ c', '(+ a (~ b c))'],
  ['a // b', '(// a b)'],
  ['a % b / c', '(/ (% a b) c)'],
  ['a == b', '(== a b)'],
  ['a < b < c', '(< (< a b) c)'],
  ['a in b', '(in a b)'],
  ['a not in b', '(not in a b)'],
  ['not a in b', '(not (in a b))'],
  ['not a == b', '(not (== a b))'],
  ['not not a', '(not (not a))'],
  ['a and b or c and not d', '(or (and a b) (and c (not d)))'],
  ['a or b and c', '(or a (and b c))'],
  ['a if b else c', '(if b a c)'],
  ['a if b', '(if b a _)'],
  ['a if b else c if d else e', '(if b a (if d c e))'],
  ['(a if b else c) if d', '(if d (if b a c) _)'],
  ['a if b if c', '(if c (if b a _) _)'],
  ['a is defined', '(test a defined)'],
  ['a is not defined', '(not (test a defined))'],
  ['a is divisibleby 3', '(test a divisibleby 3)'],
  ['a is divisibleby(3)', '(test a divisibleby 3)'],
  ['a is sameas none', '(test a sameas null)'],
  ['a is not sameas b.c', '(not (test a sameas (. b c)))'],
  ['a is defined and b is none', '(and (test a defined) (test b none))'],
  ['a is defined or b', '(or (test a defined) b)'],
  ['a is in [1,2]', '(test a in (list 1 2))'],
  ['a is in([1,2])', '(test a in (list 1 2))'],
  ["a is eq 'x'", '(test a eq "x")'],
  ['a|length is gt 3', '(test (filter a length) gt 3)'],
  ['a|length > 3', '(> (filter a length) 3)'],
  ['a is string|upper', '(filter (test a string) upper)'],
  ['(1, 2)', '(tuple 1 2)'],
  ['()', '(tuple)'],
  ['(1,)', '(tuple 1)'],
  ['(a)', 'a'],
  ['((a, b))', '(tuple a b)'],
  ['1, 2', '(tuple 1 2)'],
  ['1,', '(tuple 1)'],
  ['[]', '(list)'],
  ['[1, 2,]', '(list 1 2)'],
  ['[[1], (2, 3)]', '(list (list 1) (tuple 2 3))'],
  ['{}', '(dict)'],
  ["{'a': 1}", '(dict "a":1)'],
  ["{'a': 1, 'b': {'c': 2}}", '(dict "a":1 "b":(dict "c":2))'],
  ["{'a': 1,}", '(dict "a":1)'],
  ['{a: b}', '(dict a:b)'],
  ["'a' 'b'", '"ab"'],
  [`"a" 'b' ~ c`, '(~ "ab" c)'],
  ["'\\n\\x41\\u00e9\\\\\\''", `"\\nAé\\\\'"`],
  [`'a' "b"|upper`, '(filter "ab" upper)'],
  ['1', '1'],
  ['1_000', '1000'],
  ['0x1F', '31'],
  ['0b101', '5'],
  ['0o17', '15'],
  ['1.5', '1.5'],
  ['1e3', '1000'],
  ['1.5e-3', '0.0015'],
  ['1_0.5_0', '10.5'],
  ['1.5|round', '(filter 1.5 round)'],
  ['true', 'true'],
  ['True', 'true'],
  ['false', 'false'],
  ['none', 'null'],
  ['None', 'null'],
  ['a.true', '(. a true)'],
  ['loop.index0 % 2 == 0', '(== (% (. loop index0) 2) 0)'],
  ["url_for('x', id=a.id, _external=True)", '(call url_for "x" id=(. a id) _external=true)'],
  ["_('Hello %(name)s', name=user.name)", '(call _ "Hello %(name)s" name=(. user name))'],
  ["items|map(attribute='name')|join(', ')", '(filter (filter items map attribute="name") join ", ")'],
  ['(a|b).c', '(. (filter a b) c)'],
  ['(a ~ b)|safe', '(filter (~ a b) safe)'],
  ['a|b(1)(2)', '(call (filter a b 1) 2)'],
  ['a(1)(2)[3].x|y', '(filter (. (item (call (call a 1) 2) 3) x) y)'],
  ['a.b().c[d.e|f].g', '(. (item (. (call (. a b)) c) (filter (. d e) f)) g)'],
  ['a if b is defined else c', '(if (test b defined) a c)'],
  ['(a, b)|c', '(filter (tuple a b) c)'],
  ['[a, b][0]', '(item (list a b) 0)'],
  ["{'x': 1}.x", '(. (dict "x":1) x)'],
  ["'x'.upper()", '(call (. "x" upper))'],
  ['"%s"|format(a)', '(filter "%s" format a)'],
  ['"%s" % a', '(% "%s" a)'],
  ['"{}".format(a|e)', '(call (. "{}" format) (filter a e))'],
  ['not a|b', '(not (filter a b))'],
  ["a|default('x', true)|e", '(filter (filter a default "x" true) e)'],
  ['a[b][c]', '(item (item a b) c)'],
  ['a[b if c else d]', '(item a (if c b d))'],
  ['f(a if b else c, *d)', '(call f (if b a c) *d)'],
  ['x is callable() ', '(test x callable)'],
  ['x is foo.bar', '(test x foo.bar)'],
  ['a is b(1) and c', '(and (test a b 1) c)'],
  ['super()', '(call super)'],
  ['self.title()', '(call (. self title))'],
  ['caller(user)', '(call caller user)'],
  ['namespace(x=1)', '(call namespace x=1)'],
  ["cycler('a', 'b').next()", '(call (. (call cycler "a" "b") next))'],
  ['a|tojson|forceescape', '(filter (filter a tojson) forceescape)'],
  ['a not in b and c', '(and (not in a b) c)'],
  ['a in b in c', '(in (in a b) c)'],
  ["'}}'", '"}}"'],
  ['"{{"', '"{{"'],
  ["'{% x %}'", '"{% x %}"'],
  ["{'a': {'b': {}}}", '(dict "a":(dict "b":(dict)))'],
  ['a.b|c if d else e|f', '(if d (filter (. a b) c) (filter e f))'],
  ['a | b ( 1 ) | c', '(filter (filter a b 1) c)'],
  ['foo(a=1,b=2)', '(call foo a=1 b=2)'],
  ['a[b,c]', '(item a (tuple b c))'],
  ['a[:]', '(item a (slice _ _ _))'],
  ['a[1:]', '(item a (slice 1 _ _))'],
  ['a[::]', '(item a (slice _ _ _))'],
  ['é.ü', '(. é ü)'],
  ['a<b>c', '(> (< a b) c)'],
  ['a>=b<=c!=d', '(!= (<= (>= a b) c) d)'],
];

/** What is wrong still leaves the parts that are there. */
const BROKEN: readonly (readonly [source: string, tree: string])[] = [
  ['', '(error)'],
  ['a.', '(error a)'],
  ['a|', '(error a)'],
  ['a |upper|', '(error (filter a upper))'],
  ['a is', '(error a)'],
  ['a +', '(+ a (error))'],
  ['a b', '(error a b)'],
  ['f(a', '(call f a)'],
  ['f(a, b=', '(call f a b=(error))'],
  ['a[', '(item a (error))'],
  ['[a, b', '(list a b)'],
  ["{'a': ", '(dict "a":(error))'],
  ["{'a'", '(dict "a":(error))'],
  ['a if', '(if (error) a _)'],
  ['a if b else', '(if b a (error))'],
  ['not', '(not (error))'],
  ['a && b', '(error a b)'],
  ['a ? b : c', '(error a b c)'],
  ['a == (b or ', '(== a (or b (error)))'],
  ['a)', '(error a)'],
];

describe('expressions', () => {
  it.each(EXPRESSIONS)('reads %s', (source, tree) => {
    const { outputs, problems } = parseTemplate(`{{ ${source} }}`);
    expect(problems).toEqual([]);
    expect(outputs.map((output) => showExpression(output.expression))).toEqual([tree]);
    expect(outputs[0]?.end).toBe(source.length + 6);
  });

  it.each(BROKEN)('keeps what is there of %s', (source, tree) => {
    const { outputs, problems } = parseTemplate(`{{ ${source} }}`);
    expect(problems).not.toEqual([]);
    expect(outputs.map((output) => showExpression(output.expression))).toEqual([tree]);
    expect(outputs[0]?.end).toBe(source.length + 6);
  });
});

describe('ranges of expressions', () => {
  it('gives the pipe, the name and the whole of each filter', () => {
    const text = 'x{{ (a ~ b) | upper|default("é", true)}}';
    const outer = parseTemplate(text).outputs[0]?.expression;
    if (outer?.kind !== 'Filter' || outer.input?.kind !== 'Filter') throw new Error('Expected two filters');
    expect(text.slice(outer.start, outer.end)).toBe('(a ~ b) | upper|default("é", true)');
    expect(text.slice(outer.nameRange.start, outer.nameRange.end)).toBe('default');
    expect(text.slice(outer.pipeOffset, outer.end)).toBe('|default("é", true)');
    expect(text.slice(outer.input.start, outer.input.end)).toBe('(a ~ b) | upper');
    expect(outer.input.pipeOffset).toBe(text.indexOf('| upper'));
    const inner = outer.input.input;
    expect(text.slice(inner?.start, inner?.end)).toBe('a ~ b');
  });

  it('counts UTF-16 units', () => {
    const text = '🦊{{ "🦊" ~ café|safe }}';
    const expression = parseTemplate(text).outputs[0]?.expression;
    expect(text.slice(expression?.start, expression?.end)).toBe('"🦊" ~ café|safe');
  });

  it('has no pipe in front of the first filter of a filter block', () => {
    const [node] = parseTemplate('{% filter upper|trim %}x{% endfilter %}').body;
    if (node?.kind !== 'FilterBlock' || node.chain.kind !== 'Filter') throw new Error('Expected a filter');
    const first = node.chain.input;
    if (first?.kind !== 'Filter') throw new Error('Expected a filter');
    expect(first.input).toBeUndefined();
    expect(first.pipeOffset).toBe(first.nameRange.start);
  });
});

describe('depth', () => {
  it.each([
    ['parentheses', `{{ ${'('.repeat(10_000)}x${')'.repeat(10_000)} }}`],
    ['open parentheses', `{{ ${'('.repeat(10_000)}`],
    ['brackets', `{{ ${'['.repeat(10_000)}x${']'.repeat(10_000)} }}`],
    ['dicts', `{{ ${'{a:'.repeat(10_000)}x${'}'.repeat(10_000)} }}`],
    ['not', `{{ ${'not '.repeat(10_000)}x }}`],
    ['minus', `{{ ${'-'.repeat(10_000)}x }}`],
    ['filters', `{{ x${'|f'.repeat(10_000)} }}`],
    ['attributes', `{{ x${'.a'.repeat(10_000)} }}`],
    ['calls', `{{ x${'()'.repeat(10_000)} }}`],
    ['operators', `{{ x${' ~ x'.repeat(10_000)} }}`],
    ['powers', `{{ x${' ** x'.repeat(10_000)} }}`],
    ['conditions', `{{ x${' if x else x'.repeat(10_000)} }}`],
    ['tests', `{{ x${' is y'.repeat(10_000)} }}`],
    ['mixed', `{{ ${'(x|f('.repeat(5_000)}x${'))|g'.repeat(5_000)} }}`],
  ])('stays walkable for 10,000 nested %s, and the next output is found', (_, source) => {
    const { outputs } = parseTemplate(`${source}\n{{ y }}`);
    expect(showExpression(outputs.at(-1)?.expression)).toBe('y');
    for (const output of outputs) expect(showExpression(output.expression)).toBeTypeOf('string');
  });
});
