/** Compares our HTML machine with htmlparser2's tokenizer, on text of the same length in which Jinja is masked:
 *  outputs by letters, other tags by spaces. The oracle cannot fork, so branches inside a tag are left out. */
import fc from 'fast-check';
import { Tokenizer } from 'htmlparser2';
import { describe, expect, it } from 'vitest';
import type { HtmlContext, Template } from '../../../server/core/syntax/jinja/ast';
import { parseTemplate } from '../../../server/core/syntax/jinja/parse';
import { walkNodes } from '../../../server/core/syntax/jinja/walk';
import { realTemplates } from './support';

const QUOTES = ['', '', "'", '"'];
const RAW = new Set([
  'script',
  'style',
  'title',
  'textarea',
  'xmp',
  'iframe',
  'noembed',
  'noframes',
  'plaintext',
]);

interface Span {
  readonly start: number;
  readonly end: number;
  readonly label: string;
}

function mask(template: Template): string {
  const chars = template.text.split('');
  const fill = (start: number, end: number, char: string): void => {
    for (let i = start; i < end; i++) chars[i] = char;
  };
  for (const match of template.text.matchAll(/\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g))
    fill(match.index, match.index + match[0].length, ' ');
  for (const output of template.outputs)
    if (template.text.startsWith('{{', output.start)) fill(output.start, output.end, 'x');
  return chars.join('');
}

/** What the oracle says about each part of the text. */
function oracleSpans(text: string): readonly Span[] {
  const spans: Span[] = [];
  let name = '';
  let attribute = '';
  let value: { start: number; end: number } | undefined;
  let raw = '';
  let foreignDepth = 0;
  const tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      onopentagname(start, end) {
        name = text.slice(start, end).toLowerCase();
        spans.push({ start, end, label: 'tag' });
      },
      onattribname(start, end) {
        attribute = text.slice(start, end).toLowerCase();
        value = undefined;
        spans.push({ start, end, label: 'tag' });
      },
      onattribdata(start, end) {
        value = { start: value?.start ?? start, end };
      },
      onattribentity() {},
      onattribend(quote) {
        if (value !== undefined) spans.push({ ...value, label: `attr ${attribute} ${QUOTES[quote] ?? ''}` });
      },
      onopentagend() {
        if (name === 'svg' || name === 'math') foreignDepth++;
        raw = foreignDepth === 0 && RAW.has(name) ? name : '';
      },
      onselfclosingtag() {},
      onclosetag(start, end) {
        const closed = text.slice(start, end).toLowerCase();
        if (closed === 'svg' || closed === 'math') foreignDepth = Math.max(0, foreignDepth - 1);
        raw = '';
        spans.push({ start, end, label: 'tag' });
      },
      ontext(start, end) {
        spans.push({ start, end, label: raw === '' ? 'text' : `raw ${raw}` });
      },
      ontextentity() {},
      oncomment(start, end) {
        spans.push({ start, end, label: 'comment' });
      },
      oncdata(start, end) {
        spans.push({ start, end, label: 'text' });
      },
      ondeclaration(start, end) {
        spans.push({ start, end, label: 'comment' });
      },
      onprocessinginstruction(start, end) {
        spans.push({ start, end, label: 'comment' });
      },
      onend() {},
      isInForeignContext: () => foreignDepth > 0,
    },
  );
  tokenizer.write(text);
  tokenizer.end();
  return spans;
}

function labelOf(context: HtmlContext, text: string): string {
  switch (context.kind) {
    case 'attribute': {
      const nameEnd = context.name.includes('\uFFFC') ? '□' : context.name;
      return `attr ${nameEnd} ${context.quote}`;
    }
    case 'rcdata':
      return `raw ${context.element}`;
    case 'script':
    case 'style':
      return `raw ${context.kind}`;
    case 'text':
    case 'tag':
    case 'comment':
      return context.kind;
    default:
      throw new Error(text);
  }
}

/** Outputs on which the two differ: the output, ours and the oracle's. */
function disagreements(text: string): readonly string[] {
  const template = parseTemplate(text);
  const spans = oracleSpans(mask(template));
  const found: string[] = [];
  for (const output of template.outputs) {
    const span = spans.find((each) => each.start <= output.start && output.end <= each.end);
    const ours = labelOf(output.context, text);
    // An attribute whose name Jinja writes has letters for a name in the mask.
    const theirs = ours.includes('□') ? span?.label.replace(/ \S+ /, ' □ ') : span?.label;
    // A tag that never ends is no token for the oracle.
    if (theirs !== undefined && theirs !== ours)
      found.push(`${text.slice(output.start, output.end)}: ${ours} / ${theirs}`);
  }
  return found;
}

describe('the HTML machine and htmlparser2', () => {
  it.each(realTemplates().filter((each) => !each.name.includes('.xml.')))('agree on $name', ({ text }) => {
    const template = parseTemplate(text);
    expect(template.outputs.length).toBeGreaterThan(3);
    expect(template.problems).toEqual([]);
    expect(disagreements(text)).toEqual([]);
  });

  it('compares nearly every output', () => {
    let nOutputs = 0;
    let nCompared = 0;
    for (const { text } of realTemplates()) {
      const template = parseTemplate(text);
      const spans = oracleSpans(mask(template));
      nOutputs += template.outputs.length;
      nCompared += template.outputs.filter((output) =>
        spans.some((span) => span.start <= output.start && output.end <= span.end),
      ).length;
    }
    expect(nOutputs).toBeGreaterThan(250);
    expect(nCompared / nOutputs).toBeGreaterThan(0.99);
  });

  it('agree on mixes of HTML and Jinja', () => {
    fc.assert(
      fc.property(fc.array(PIECE, { maxLength: 30 }), (pieces) => {
        const text = pieces.join('');
        // The oracle does not read attributes in closing tags, as browsers do.
        fc.pre(!/<\/[^>]*(?:["'=]|$)/.test(text));
        expect(disagreements(text)).toEqual([]);
      }),
      { numRuns: 2000 },
    );
  });

  it('agree on the places of tags in mixes', () => {
    fc.assert(
      fc.property(fc.array(PIECE, { maxLength: 30 }), (pieces) => {
        const template = parseTemplate(pieces.join(''));
        const starts = new Set(template.tags.map((tag) => tag.start));
        const spans = oracleSpans(mask(template)).filter((span) => span.label === 'tag');
        const names = spans.filter((span) => /<\/?$/.test(template.text.slice(0, span.start)));
        for (const tag of template.tags) {
          const nameStart = tag.start + (tag.isClosing ? 2 : 1);
          expect(names.map((span) => span.start)).toContain(nameStart);
        }
        expect(starts.size).toBe(template.tags.length);
      }),
      { numRuns: 1000 },
    );
  });

  it('have every node of the realistic templates inside its parent', () => {
    for (const { text } of realTemplates())
      for (const node of walkNodes(parseTemplate(text).body)) expect(node.end).toBeGreaterThan(node.start);
  });
});

/** Statements stand between spaces, because the mask turns them into spaces. SVG is left out: what a script
 *  in it holds is markup for a tokenizer, but still a script for us. */
const PIECE = fc.constantFrom(
  '{{ a }}',
  '{{ b|e }}',
  '{{ "x" }}',
  ' {% set a = 1 %} ',
  ' {# note #} ',
  ' {% include "x" %} ',
  '<p>',
  '</p>',
  '<a href=',
  '<a ',
  '<b title="',
  "<i id='",
  '<input value=',
  '<',
  '</',
  '>',
  '/>',
  '/',
  '"',
  "'",
  '=',
  ' ',
  '\n',
  ' class=',
  ' x',
  'text',
  '<!--',
  '-->',
  '--!>',
  '--',
  '<!doctype html>',
  '<!',
  '<?php ',
  '<script>',
  '</script>',
  '<style>',
  '</style>',
  '<title>',
  '</title>',
  '<textarea rows=2>',
  '</textarea >',
  '<br/>',
  '&amp;',
  '{',
  '}',
);
