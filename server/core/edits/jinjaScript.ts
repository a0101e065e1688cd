/** Edits that hand a value to JavaScript as JSON: `"{{ x }}"` → `{{ x|tojson }}`, in scripts and event handlers. */
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import type { JinjaExpression, Output } from '../syntax/jinja/ast';
import { filterNames } from '../syntax/jinja/walk';
import { addFilter, isPrimary } from './jinjaFilter';
import { answer, type Edits, type Refusal, refuse } from './outcome';

export interface ScriptPlace {
  readonly text: string;
  readonly output: Output;
  /** The script, or the value of the attribute. */
  readonly within: Range;
  /** The quote of the JavaScript string around the output; `''` outside of strings. */
  readonly stringQuote: '' | "'" | '"' | '`';
  /** In an attribute, where the quotes of JSON would end the value. */
  readonly isAttribute: boolean;
}

/** Filters that `tojson` makes pointless: it escapes what matters in a script. */
const ESCAPING = new Set(['e', 'escape', 'forceescape', 'safe']);

export function jsonInScript(place: ScriptPlace): Edits | Refusal {
  return answer((): Edits => {
    const filters = filterEdits(place);
    const around = place.stringQuote === '' ? inCode(place) : inString(place, place.stringQuote);
    return { kind: 'edits', edits: [...filters, ...around].sort((a, b) => a.range.start - b.range.start) };
  });
}

function filterEdits({ text, output, isAttribute }: ScriptPlace): readonly TextEdit[] {
  const { expression } = output;
  const names = filterNames(expression);
  if (names.includes('tojson')) {
    if (!isAttribute || names[0] === 'forceescape') return [];
    return editsOf(addFilter(text, expression, 'forceescape'));
  }
  const filters = isAttribute ? ['tojson', 'forceescape'] : ['tojson'];
  const inner = withoutEscape(expression);
  if (inner === expression) return editsOf(addFilter(text, expression, ...filters));
  return [
    { range: { start: inner.end, end: expression.end }, newText: filters.map((name) => `|${name}`).join('') },
  ];
}

function editsOf(result: Edits | Refusal): readonly TextEdit[] {
  return result.kind === 'refused' ? refuse(result.reason) : result.edits;
}

/** `x|e` → `x`, where nothing but the filter goes. */
function withoutEscape(expression: JinjaExpression): JinjaExpression {
  if (expression.kind !== 'Filter' || !ESCAPING.has(expression.name)) return expression;
  const { input } = expression;
  return input !== undefined && isPrimary(input) ? withoutEscape(input) : expression;
}

/** Outside of strings a value stands for itself; as a part of a name or of a pattern it cannot be JSON. */
function inCode({ text, output }: ScriptPlace): readonly TextEdit[] {
  const before = text.charAt(output.start - 1);
  const after = text.charAt(output.end);
  if (/[\w$./\uFFFC}]/.test(before) || /[\w$/{]/.test(after))
    refuse('the value is a part of a name in the script');
  if (/\b(?:function|class|var|let|const)\s+$/.test(text.slice(Math.max(0, output.start - 20), output.start)))
    refuse('the value is a name in the script');
  return [];
}

function inString(place: ScriptPlace, quote: "'" | '"' | '`'): readonly TextEdit[] {
  const { text, output } = place;
  if (quote === '`')
    return [
      { range: { start: output.start, end: output.start }, newText: '${ ' },
      { range: { start: output.end, end: output.end }, newText: ' }' },
    ];
  const open = openingQuote(place, quote);
  const close = closingQuote(place, quote);
  const before = text.slice(place.within.start, open).trimEnd();
  const after = text.slice(close + 1, place.within.end).trimStart();
  const isWhole = open + 1 === output.start && close === output.end;
  if (isWhole)
    return [
      { range: { start: open, end: open + 1 }, newText: '' },
      { range: { start: close, end: close + 1 }, newText: '' },
    ];
  if (after.startsWith(':') && /[{,]$/.test(before)) refuse('the text names a property in the script');
  const needsParentheses =
    /^[.[(]/.test(after) || /[-*/%]$/.test(before) || /\b(?:typeof|void)$/.test(before);
  return [
    ...pieceBefore(open, output.start, quote, needsParentheses),
    ...pieceAfter(close, output.end, quote, needsParentheses),
  ];
}

/** `"Hello {{` → `"Hello " + {{`; with nothing before, the quote goes. */
function pieceBefore(open: number, start: number, quote: string, isGrouped: boolean): readonly TextEdit[] {
  if (open + 1 === start) return [{ range: { start: open, end: start }, newText: isGrouped ? '(' : '' }];
  const group: TextEdit[] = isGrouped ? [{ range: { start: open, end: open }, newText: '(' }] : [];
  return [...group, { range: { start, end: start }, newText: `${quote} + ` }];
}

function pieceAfter(close: number, end: number, quote: string, isGrouped: boolean): readonly TextEdit[] {
  if (close === end) return [{ range: { start: close, end: close + 1 }, newText: isGrouped ? ')' : '' }];
  const last: TextEdit[] = isGrouped ? [{ range: { start: close + 1, end: close + 1 }, newText: ')' }] : [];
  return [{ range: { start: end, end }, newText: ` + ${quote}` }, ...last];
}

/** The quote that opens the string: on the same line, with nothing of Jinja's between but other outputs. */
function openingQuote({ text, output, within }: ScriptPlace, quote: string): number {
  for (let offset = output.start - 1; offset >= within.start; offset--) {
    const char = text.charAt(offset);
    if (char === quote && !isEscaped(text, offset)) return offset;
    if (char === '\n') break;
    if (char !== '}') continue;
    if (text.charAt(offset - 1) !== '}') {
      if (/[%#]/.test(text.charAt(offset - 1))) break;
      continue;
    }
    const start = text.lastIndexOf('{{', offset);
    if (start < within.start) break;
    offset = start;
  }
  return refuse('the string around the value is not simple enough');
}

function closingQuote({ text, output, within }: ScriptPlace, quote: string): number {
  for (let offset = output.end; offset < within.end; offset++) {
    const char = text.charAt(offset);
    if (char === quote) return offset;
    if (char === '\n') break;
    if (char === '\\') offset++;
    if (char !== '{') continue;
    if (/[%#]/.test(text.charAt(offset + 1))) break;
    if (text.charAt(offset + 1) !== '{') continue;
    const end = text.indexOf('}}', offset);
    if (end < 0) break;
    offset = end + 1;
  }
  return refuse('the string around the value is not simple enough');
}

function isEscaped(text: string, offset: number): boolean {
  let nSlashes = 0;
  while (text.charAt(offset - 1 - nSlashes) === '\\') nSlashes++;
  return nSlashes % 2 === 1;
}
