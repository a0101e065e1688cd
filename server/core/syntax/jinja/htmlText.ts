/** The HTML machine between tags: text, comments, declarations and raw text. Each function consumes literal
 *  text up to `to` at most and returns the offset to go on at. */
import { endOfRaw } from './htmlRaw';
import type { HtmlCore } from './htmlState';
import { isLetter, startTag } from './htmlTag';
import { feedScript } from './scriptState';

const GT = 62;
const SLASH = 47;

export function inText(core: HtmlCore, from: number, to: number): number {
  const text = core.text;
  const state = core.state;
  for (let offset = from; offset < to; offset++) {
    if (text.charCodeAt(offset) !== 60) continue;
    const next = offset + 1 < to ? text.charCodeAt(offset + 1) : 0;
    if (isLetter(next)) {
      startTag(core, offset, false);
      return offset + 1;
    }
    if (offset + 1 === to) state.mode = 'tagOpen';
    else if (next === 33) return markup(core, offset, to);
    else if (next === 63) state.mode = 'bogusComment';
    else if (next === SLASH) {
      const third = offset + 2 < to ? text.charCodeAt(offset + 2) : 0;
      if (isLetter(third)) {
        startTag(core, offset, true);
        return offset + 2;
      }
      if (offset + 2 === to) state.mode = 'endTagOpen';
      else if (third === GT) continue;
      else state.mode = 'bogusComment';
    } else continue;
    state.nameStart = offset;
    return state.mode === 'endTagOpen' ? offset + 2 : offset + 1;
  }
  return to;
}

/** `<!…`: a comment, CDATA, or a declaration, which ends at the next `>` like a bogus comment. */
function markup(core: HtmlCore, offset: number, to: number): number {
  const text = core.text;
  const state = core.state;
  if (offset + 4 <= to && text.startsWith('<!--', offset)) {
    const empty = /^-?>/.exec(text.slice(offset + 4, Math.min(to, offset + 6)));
    if (empty !== null) return offset + 4 + empty[0].length;
    state.mode = 'comment';
    return offset + 4;
  }
  const isForeign = core.isXml || state.open?.isForeign === true;
  const isCdata = isForeign && offset + 9 <= to && text.startsWith('<![CDATA[', offset);
  state.mode = isCdata ? 'cdata' : 'bogusComment';
  return offset + (isCdata ? 9 : 2);
}

export function inComment(core: HtmlCore, from: number, to: number): number {
  const text = core.text;
  for (let offset = from; offset + 2 < to; offset++) {
    if (text.charCodeAt(offset) !== 45 || text.charCodeAt(offset + 1) !== 45) continue;
    const length = text.charCodeAt(offset + 2) === GT ? 3 : text.startsWith('!>', offset + 2) ? 4 : 0;
    if (length === 0 || offset + length > to) continue;
    core.state.mode = 'text';
    return offset + length;
  }
  return to;
}

export function until(core: HtmlCore, end: '>' | ']]>', from: number, to: number): number {
  const first = end.charCodeAt(0);
  for (let offset = from; offset < to; offset++) {
    if (core.text.charCodeAt(offset) !== first || !core.text.startsWith(end, offset)) continue;
    core.state.mode = 'text';
    return offset + end.length;
  }
  return to;
}

export function inRaw(core: HtmlCore, offset: number, to: number): number {
  const state = core.state;
  const end = endOfRaw(state, core.text, offset, to);
  if (state.rawElement === 'script') feedScript(state.script, core.text, offset, end, false);
  if (end === to) return to;
  startTag(core, end, true);
  return end + 2;
}
