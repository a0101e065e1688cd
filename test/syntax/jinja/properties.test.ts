/** What holds for every text: the parser never throws, ranges nest, and damage stays where it is done. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Range } from '../../../server/core/base/range';
import type { JinjaExpression, Template, TemplateBody } from '../../../server/core/syntax/jinja/ast';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';
import { bodiesOf, expressionsOf, partsOf } from '../../../server/core/syntax/jinja/walk';
import { realTemplates, showContext } from './support';

const PIECE = fc.constantFrom(
  ...['{{', '}}', '{%', '%}', '{#', '#}', '{{-', '-}}', '{%-', '-%}', '{', '}', '(', ')', '[', ']'],
  ...[
    '"',
    "'",
    '\\',
    '|',
    '.',
    ',',
    '~',
    '**',
    '//',
    '==',
    '=',
    ':',
    '-',
    '+',
    '<',
    '>',
    '&',
    '?',
    '\n',
    ' ',
    '  ',
  ],
  ...['a', 'x.y', '1', '1.5', '0x1f', 'é', '🦊', 'not', 'in', 'is', 'if', 'else', 'and', 'or', 'none'],
  ...['{% if a %}', '{% elif b %}', '{% else %}', '{% endif %}', '{% for x in y %}', '{% endfor %}'],
  ...[
    '{% block b %}',
    '{% endblock %}',
    '{% macro m(a=1) %}',
    '{% endmacro %}',
    '{% set a %}',
    '{% endset %}',
  ],
  ...[
    '{% raw %}',
    '{% endraw %}',
    '{% trans %}',
    '{% pluralize %}',
    '{% endtrans %}',
    '{{ a }}',
    '{{ b|e }}',
  ],
  ...[
    '<p>',
    '</p>',
    '<a href="',
    '<a ',
    '<script>',
    '</script>',
    '<!--',
    '-->',
    '<form method=post>',
    '</form>',
  ],
  ...[
    '<input name=q>',
    '<svg>',
    '<style>',
    '<title>',
    '</title>',
    '`',
    '${',
    '/*',
    '*/',
    '//',
    'onclick="f(\'',
  ],
);
const TEXT = fc.oneof(
  fc.array(PIECE, { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 60 }),
);

/** Throws unless everything lies inside the text and inside what it belongs to. */
function checkRanges(template: Template): void {
  const { text } = template;
  const all = { start: 0, end: text.length };
  checkBody(template.body, all);
  for (const each of [...template.problems, ...template.comments, ...template.outputs]) inside(each, all);
  for (const tag of template.tags) {
    inside(tag, all);
    for (const attribute of tag.attributes) {
      inside(attribute, tag);
      inside(attribute.nameRange, attribute);
      if (attribute.valueRange) inside(attribute.valueRange, attribute);
    }
  }
  for (const { context } of template.outputs)
    if (context.kind === 'attribute') inside(context.valueRange, all);
  for (const form of template.forms) inside(form, all);
  const starts = template.outputs.map((output) => output.start);
  expect(starts).toEqual([...starts].sort((a, b) => a - b));
}

function checkBody(body: TemplateBody, outer: Range): void {
  let position = outer.start;
  for (const node of body) {
    inside(node, { start: position, end: outer.end });
    position = node.end;
    for (const expression of expressionsOf(node)) checkExpression(expression, node);
    for (const inner of bodiesOf(node)) checkBody(inner, node);
  }
}

function checkExpression(node: JinjaExpression, outer: Range): void {
  inside(node, outer);
  if (node.kind === 'Attribute' || node.kind === 'Filter') inside(node.nameRange, node);
  if (node.kind === 'Call' || node.kind === 'Filter' || node.kind === 'Test')
    for (const argument of node.args) inside(argument, node);
  for (const part of partsOf(node)) checkExpression(part, node);
}

function inside(inner: Range, outer: Range): void {
  if (inner.start < outer.start || inner.end > outer.end || inner.start > inner.end)
    throw new Error(`${inner.start}–${inner.end} is not inside ${outer.start}–${outer.end}`);
}

/** The leaves of a tree cover the text without gaps. */
function checkCover(template: Template): void {
  const outputs = template.outputs.map((each) => template.text.slice(each.start, each.end));
  for (const source of outputs) expect(source).toMatch(/^\{\{|^\{%/);
}

describe('every text', () => {
  it('is read without throwing, with ranges that nest', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        const template = parseTemplate(text);
        checkRanges(template);
        checkCover(template);
      }),
      { numRuns: 3000 },
    );
  });

  it('gives the same tree twice', () => {
    fc.assert(
      fc.property(TEXT, (text) => {
        expect(parseTemplate(text)).toEqual(parseTemplate(text));
      }),
      { numRuns: 200 },
    );
  });

  it('is read with outputs at the places of its complete tags, if it is well formed', () => {
    const piece = fc.constantFrom(
      '{{ a }}',
      '{{ b|e("}}") }}',
      "{{ {'a': {}} }}",
      '<p>',
      ' x ',
      '{# {{ c }} #}',
      '\n',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const expected: string[] = [];
        let offset = 0;
        for (const each of pieces) {
          if (each.startsWith('{{')) expected.push(`${offset}–${offset + each.length}`);
          offset += each.length;
        }
        const template = parseTemplate(pieces.join(''));
        expect(template.problems).toEqual([]);
        expect(template.outputs.map((each) => `${each.start}–${each.end}`)).toEqual(expected);
      }),
    );
  });
});

describe('realistic templates', () => {
  it.each(realTemplates())('$name nests', ({ text }) => {
    checkRanges(parseTemplate(text));
  });

  it('keep the outputs of other lines when a tag is cut short', () => {
    const templates = realTemplates();
    let nOutputs = 0;
    let nKept = 0;
    let nContexts = 0;
    const random = mulberry32(7);
    for (let run = 0; run < 1500; run++) {
      const { text } = templates[Math.floor(random() * templates.length)] as { readonly text: string };
      const cut = cutInTag(text, random);
      if (cut === undefined) continue;
      const broken = new Map(
        parseTemplate(cut.text).outputs.map((each) => [`${each.start}–${each.end}`, each]),
      );
      for (const output of parseTemplate(text).outputs) {
        if (output.end > cut.lineStart && output.start < cut.lineEnd) continue;
        const delta = output.start < cut.lineStart ? 0 : cut.text.length - text.length;
        const found = broken.get(`${output.start + delta}–${output.end + delta}`);
        nOutputs++;
        if (found === undefined) continue;
        nKept++;
        if (showContext(found.context) === showContext(output.context)) nContexts++;
      }
    }
    expect(nOutputs).toBeGreaterThan(10_000);
    expect(nKept / nOutputs).toBeGreaterThan(0.998);
    // Most of the rest follows a cut quote by nature.
    expect(nContexts / nOutputs).toBeGreaterThan(0.93);
  });

  it('survive the loss of any single character', () => {
    for (const { text } of realTemplates())
      for (let offset = 0; offset < text.length; offset += 7)
        checkRanges(parseTemplate(text.slice(0, offset) + text.slice(offset + 1)));
  });
});

interface Cut {
  readonly text: string;
  readonly lineStart: number;
  readonly lineEnd: number;
}

/** Removes the rest of a line from a random place inside one of its Jinja tags. */
function cutInTag(text: string, random: () => number): Cut | undefined {
  const tags = [...text.matchAll(/\{\{.*?\}\}|\{%.*?%\}/g)];
  const tag = tags[Math.floor(random() * tags.length)];
  if (tag === undefined) return undefined;
  const lineEnd = text.indexOf('\n', tag.index) < 0 ? text.length : text.indexOf('\n', tag.index);
  const lineStart = text.lastIndexOf('\n', tag.index) + 1;
  const at = tag.index + 2 + Math.floor(random() * (tag[0].length - 2));
  return { text: text.slice(0, at) + text.slice(lineEnd), lineStart, lineEnd };
}

/** A small random number generator with a seed, so that the run repeats. */
function mulberry32(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
