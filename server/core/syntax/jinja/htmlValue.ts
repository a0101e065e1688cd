/** The HTML machine in the value of an attribute. */
import { attributeRole } from './attributes';
import type { HtmlCore } from './htmlState';
import { emitTag, isHtmlSpace } from './htmlTag';
import { createScriptState, feedScript } from './scriptState';

/** Longest remembered literal text of an attribute value, in UTF-16 units; what follows is not added. */
const MAX_PREFIX = 4000;

const GT = 62;
const DQ = 34;
const SQ = 39;

export function beforeValue(core: HtmlCore, offset: number): number {
  const code = core.text.charCodeAt(offset);
  if (isHtmlSpace(code)) return offset + 1;
  if (code === GT) {
    emitTag(core, offset + 1, false);
    return offset + 1;
  }
  if (code !== DQ && code !== SQ) {
    startValue(core, 'valueUnquoted', offset);
    return offset;
  }
  startValue(core, code === DQ ? 'valueDouble' : 'valueSingle', offset + 1);
  return offset + 1;
}

export function startValue(
  core: HtmlCore,
  mode: 'valueDouble' | 'valueSingle' | 'valueUnquoted',
  start: number,
): void {
  const state = core.state;
  state.mode = mode;
  state.buffer = '';
  const { attribute } = state;
  if (attribute === undefined) return;
  attribute.quote = mode === 'valueDouble' ? '"' : mode === 'valueSingle' ? "'" : '';
  attribute.valueRange = { start, end: start };
  attribute.end = Math.max(attribute.end, start);
  const isScript = attributeRole(state.tag?.name ?? '', attribute.name) === 'eventHandler';
  state.script = createScriptState(isScript ? 'javascript' : 'none');
}

export function inQuotedValue(core: HtmlCore, from: number, to: number, quote: number): number {
  const text = core.text;
  let end = from;
  while (end < to && text.charCodeAt(end) !== quote) end++;
  readValue(core, from, end);
  if (end === to) return to;
  endValue(core, end, end + 1);
  core.state.mode = 'afterValue';
  return end + 1;
}

export function inUnquotedValue(core: HtmlCore, from: number, to: number): number {
  const text = core.text;
  let end = from;
  while (end < to && !isHtmlSpace(text.charCodeAt(end)) && text.charCodeAt(end) !== GT) end++;
  readValue(core, from, end);
  if (end === to) return to;
  endValue(core, end, end);
  core.state.mode = 'beforeAttribute';
  return end;
}

function readValue(core: HtmlCore, from: number, to: number): void {
  if (from === to) return;
  appendToPrefix(core, core.text.slice(from, to));
  feedScript(core.state.script, core.text, from, to, true);
}

function endValue(core: HtmlCore, valueEnd: number, attributeEnd: number): void {
  const { attribute } = core.state;
  if (attribute?.valueRange === undefined) return;
  attribute.valueRange.end = valueEnd;
  attribute.end = attributeEnd;
}

export function appendToPrefix(core: HtmlCore, piece: string): void {
  if (core.state.buffer.length < MAX_PREFIX) core.state.buffer += piece;
}
