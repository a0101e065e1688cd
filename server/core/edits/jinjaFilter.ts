/** Edits of Jinja expressions: take a filter off, put one on, quote an attribute that Jinja writes. */
import { assertNever } from '../base/assertNever';
import type { AttributeContext, JinjaExpression, JinjaFilter } from '../syntax/jinja/ast';
import { answer, type Edits, type Refusal, refuse } from './outcome';

/** Removes one filter with its `|`, its arguments and the white space before it. Parentheses that held only the
 *  filter's input go as well: `(x|safe) ~ y` becomes `x ~ y`. */
export function removeFilter(text: string, filter: JinjaFilter): Edits | Refusal {
  return answer(() => {
    if (filter.input === undefined) return removeFirstOfBlock(text, filter);
    let start = filter.pipeOffset;
    while (start > 0 && /\s/.test(text[start - 1] as string)) start--;
    const edits = [{ range: { start, end: filter.end }, newText: '' }];
    const parentheses = isPrimary(filter.input) ? parenthesesAround(text, filter, start) : undefined;
    if (parentheses === undefined) return { kind: 'edits' as const, edits };
    const { open, close } = parentheses;
    return {
      kind: 'edits' as const,
      edits: [
        { range: open, newText: '' },
        { range: { start, end: close }, newText: '' },
      ],
    };
  });
}

/** `{% filter safe|upper %}` → `{% filter upper %}`; a block with this filter alone would lose its meaning. */
function removeFirstOfBlock(text: string, filter: JinjaFilter): Edits {
  const rest = /^\s*\|\s*/.exec(text.slice(filter.end));
  if (rest === null) refuse('the block has no other filter');
  return {
    kind: 'edits',
    edits: [{ range: { start: filter.nameRange.start, end: filter.end + rest[0].length }, newText: '' }],
  };
}

interface Parentheses {
  readonly open: { readonly start: number; readonly end: number };
  /** Behind the closing one. */
  readonly close: number;
}

/** Parentheses of grouping right around the filter expression; those of a call or a tuple do not count. */
function parenthesesAround(text: string, filter: JinjaFilter, inputEnd: number): Parentheses | undefined {
  const before = text.slice(0, filter.start).trimEnd();
  const after = /^\s*\)/.exec(text.slice(filter.end));
  if (after === null || !before.endsWith('(')) return undefined;
  const owner = before.slice(0, -1).trimEnd();
  const isKeyword = /(?:^|[^\w.])(?:and|or|not|in|if|else|is|elif|set|do|print)$/.test(owner);
  if (/[\w\])"']$/.test(owner) && !isKeyword) return undefined;
  if (text.slice(filter.start, inputEnd).includes('(')) return undefined;
  const open = before.length - 1;
  return { open: { start: open, end: filter.start }, close: filter.end + after[0].length };
}

/** Adds `|name` behind an expression, in parentheses where the filter would bind to a part of it only. */
export function addFilter(
  text: string,
  expression: JinjaExpression,
  ...names: readonly string[]
): Edits | Refusal {
  return answer(() => {
    if (expression.kind === 'Error') refuse('the expression has a syntax error');
    const bar = prefersSpaces(text) ? ' | ' : '|';
    const pipe = names.map((name) => `${bar}${name}`).join('');
    if (isPrimary(expression)) {
      const { end } = expression;
      return { kind: 'edits' as const, edits: [{ range: { start: end, end }, newText: pipe }] };
    }
    const { start, end } = expression;
    return {
      kind: 'edits' as const,
      edits: [
        { range: { start, end: start }, newText: '(' },
        { range: { start: end, end }, newText: `)${pipe}` },
      ],
    };
  });
}

function prefersSpaces(text: string): boolean {
  const nSpaced = text.match(/\{\{[^}]*? \| ?\w/g)?.length ?? 0;
  const nTight = text.match(/\{\{[^}]*?[^\s|]\|\w/g)?.length ?? 0;
  return nSpaced > nTight;
}

/** True if a filter behind the expression takes all of it. */
export function isPrimary(expression: JinjaExpression): boolean {
  switch (expression.kind) {
    case 'Name':
    case 'Literal':
    case 'Attribute':
    case 'Item':
    case 'Call':
    case 'Filter':
    case 'List':
    case 'Dict':
      return true;
    case 'Tuple':
    case 'Slice':
    case 'Test':
    case 'Binary':
    case 'Unary':
    case 'Conditional':
    case 'Error':
      return false;
    default:
      return assertNever(expression);
  }
}

/** Gives a value in double quotes single ones, which `tojson` never writes. */
export function singleQuoteAttribute(text: string, { valueRange }: AttributeContext): Edits | Refusal {
  const { start, end } = valueRange;
  const literal = text.slice(start, end).replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g, '');
  if (literal.includes("'") || text[start - 1] !== '"' || text[end] !== '"')
    return { kind: 'refused', reason: 'the value holds single quotes' };
  const edit = (at: number) => ({ range: { start: at, end: at + 1 }, newText: "'" });
  return { kind: 'edits', edits: [edit(start - 1), edit(end)] };
}

/** Puts quotes round an attribute's value: `<a title={{ x }}>` → `<a title="{{ x }}">`. */
export function quoteAttribute(text: string, context: AttributeContext): Edits | Refusal {
  return answer(() => {
    if (context.quote !== '') refuse('the attribute is quoted already');
    const { start, end } = context.valueRange;
    const value = text.slice(start, end);
    const literal = value.replace(/\{\{[\s\S]*?\}\}|\{%[\s\S]*?%\}|\{#[\s\S]*?#\}/g, '');
    if (end <= start || /[\s<>]/.test(literal)) refuse('the end of the value is not certain');
    const candidates = value.includes('"') && !value.includes("'") ? ["'", '"'] : ['"', "'"];
    const quote = candidates.find((one) => !literal.includes(one));
    if (quote === undefined) refuse('the value holds both kinds of quotes');
    return {
      kind: 'edits' as const,
      edits: [
        { range: { start, end: start }, newText: quote },
        { range: { start: end, end }, newText: quote },
      ],
    };
  });
}
