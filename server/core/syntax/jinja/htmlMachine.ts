/** Reads the literal text of a template as a browser's tokenizer would and says where each output lands.
 *  @see https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 *  An output counts as one opaque character. The machine sees literal text only, piece by piece; whoever
 *  drives it saves, restores and joins its state where the template forks. Never throws; linear. */
import type { HtmlContext, Output } from './ast';
import { attributeRole } from './attributes';
import { contextOf } from './htmlContext';
import { endOfRaw } from './htmlRaw';
import {
  copyHtmlState,
  createHtmlState,
  type FormDraft,
  type HtmlState,
  isInValue,
  type TagDraft,
} from './htmlState';
import { enterElement, leaveElement } from './openElements';
import { createScriptState, feedScript, passOutput } from './scriptState';

/** Longest remembered literal text of an attribute value, in UTF-16 units; what follows is not added. */
const MAX_PREFIX = 4000;
const HOLE = '\uFFFC';
const FORM_INPUTS = new Set(['button', 'input', 'select', 'textarea']);

const GT = 62;
const SLASH = 47;
const EQUALS = 61;
const DQ = 34;
const SQ = 39;

export class HtmlMachine {
  readonly #text: string;
  readonly #isXml: boolean;
  readonly #tags: TagDraft[] = [];
  readonly #forms: FormDraft[] = [];
  #state = createHtmlState();

  constructor(text: string, isXml: boolean) {
    this.#text = text;
    this.#isXml = isXml;
  }

  get tags(): readonly TagDraft[] {
    return this.#tags;
  }

  get forms(): readonly FormDraft[] {
    return this.#forms;
  }

  save(): HtmlState {
    return copyHtmlState(this.#state);
  }

  restore(state: HtmlState): void {
    this.#state = copyHtmlState(state);
  }

  /** Starts anew in plain text, as a macro's body does. */
  reset(): void {
    this.#state = createHtmlState();
  }

  /** Advances over literal text. */
  feed(from: number, to: number): void {
    let offset = from;
    while (offset < to) offset = this.#step(offset, to);
  }

  /** Notes an output and returns where it lands. */
  output(start: number): HtmlContext {
    this.#enterHole(start);
    const context = contextOf(this.#state);
    const state = this.#state;
    if (isInValue(state.mode)) {
      this.#markDynamic();
      this.#appendToPrefix(HOLE);
      passOutput(state.script);
    } else if (state.mode === 'raw') passOutput(state.script);
    else if (state.mode === 'tagName') state.buffer += HOLE;
    else if (state.mode === 'attributeName') {
      state.buffer += HOLE;
      if (state.tag !== undefined) state.tag.hasDynamicAttributes = true;
    }
    return context;
  }

  /** Adds an output to the forms around it. */
  collect(output: Output): void {
    for (const form of this.#state.forms) form.outputs.push(output);
  }

  /** Notes that a statement stands here which may write something. */
  statement(start: number): void {
    const { mode } = this.#state;
    if (mode === 'beforeValue') {
      const attribute = this.#state.attribute;
      if (attribute !== undefined) attribute.isDynamic = true;
    } else if (isInValue(mode)) this.#markDynamic();
    this.#closeTo(start);
  }

  /** The text ends: values that are still open reach to its end. */
  finish(): void {
    this.#closeTo(this.#text.length);
  }

  #closeTo(offset: number): void {
    const range = isInValue(this.#state.mode) ? this.#state.attribute?.valueRange : undefined;
    if (range !== undefined) range.end = Math.max(range.end, offset);
  }

  #markDynamic(): void {
    if (this.#state.attribute !== undefined) this.#state.attribute.isDynamic = true;
  }

  #appendToPrefix(piece: string): void {
    if (this.#state.buffer.length < MAX_PREFIX) this.#state.buffer += piece;
  }

  /** Lets an opaque character begin what a letter would begin here. */
  #enterHole(start: number): void {
    const state = this.#state;
    switch (state.mode) {
      case 'tagOpen':
      case 'endTagOpen':
        this.#startTag(state.nameStart, state.mode === 'endTagOpen');
        break;
      case 'beforeAttribute':
      case 'afterAttributeName':
      case 'afterValue':
      case 'selfClosing':
        this.#startAttribute(start);
        break;
      case 'beforeValue':
        this.#startValue('valueUnquoted', start);
        break;
      default:
        break;
    }
    this.#closeTo(start);
  }

  /** Consumes text in the present mode; returns the offset to go on at, which may be `offset` in a new mode. */
  #step(offset: number, to: number): number {
    const state = this.#state;
    switch (state.mode) {
      case 'text':
        return this.#inText(offset, to);
      case 'tagOpen':
      case 'endTagOpen':
        if (isLetter(this.#text.charCodeAt(offset)))
          this.#startTag(state.nameStart, state.mode === 'endTagOpen');
        else state.mode = 'text';
        return offset;
      case 'tagName':
        return this.#inTagName(offset, to);
      case 'beforeAttribute':
      case 'afterAttributeName':
      case 'afterValue':
      case 'selfClosing':
        return this.#betweenAttributes(offset);
      case 'attributeName':
        return this.#inAttributeName(offset, to);
      case 'beforeValue':
        return this.#beforeValue(offset);
      case 'valueDouble':
        return this.#inQuotedValue(offset, to, DQ);
      case 'valueSingle':
        return this.#inQuotedValue(offset, to, SQ);
      case 'valueUnquoted':
        return this.#inUnquotedValue(offset, to);
      case 'comment':
        return this.#inComment(offset, to);
      case 'bogusComment':
        return this.#until('>', offset, to);
      case 'cdata':
        return this.#until(']]>', offset, to);
      case 'raw':
        return this.#inRaw(offset, to);
    }
  }

  #inText(from: number, to: number): number {
    const text = this.#text;
    const state = this.#state;
    for (let offset = from; offset < to; offset++) {
      if (text.charCodeAt(offset) !== 60) continue;
      const next = offset + 1 < to ? text.charCodeAt(offset + 1) : 0;
      if (isLetter(next)) {
        this.#startTag(offset, false);
        return offset + 1;
      }
      if (offset + 1 === to) state.mode = 'tagOpen';
      else if (next === 33) return this.#markup(offset, to);
      else if (next === 63) state.mode = 'bogusComment';
      else if (next === SLASH) {
        const third = offset + 2 < to ? text.charCodeAt(offset + 2) : 0;
        if (isLetter(third)) {
          this.#startTag(offset, true);
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
  #markup(offset: number, to: number): number {
    const text = this.#text;
    const state = this.#state;
    if (offset + 4 <= to && text.startsWith('<!--', offset)) {
      const empty = /^-?>/.exec(text.slice(offset + 4, Math.min(to, offset + 6)));
      if (empty !== null) return offset + 4 + empty[0].length;
      state.mode = 'comment';
      return offset + 4;
    }
    const isForeign = this.#isXml || state.open?.isForeign === true;
    const isCdata = isForeign && offset + 9 <= to && text.startsWith('<![CDATA[', offset);
    state.mode = isCdata ? 'cdata' : 'bogusComment';
    return offset + (isCdata ? 9 : 2);
  }

  #inComment(from: number, to: number): number {
    const text = this.#text;
    for (let offset = from; offset + 2 < to; offset++) {
      if (text.charCodeAt(offset) !== 45 || text.charCodeAt(offset + 1) !== 45) continue;
      const length = text.charCodeAt(offset + 2) === GT ? 3 : text.startsWith('!>', offset + 2) ? 4 : 0;
      if (length === 0 || offset + length > to) continue;
      this.#state.mode = 'text';
      return offset + length;
    }
    return to;
  }

  #until(end: '>' | ']]>', from: number, to: number): number {
    const first = end.charCodeAt(0);
    for (let offset = from; offset < to; offset++) {
      if (this.#text.charCodeAt(offset) !== first || !this.#text.startsWith(end, offset)) continue;
      this.#state.mode = 'text';
      return offset + end.length;
    }
    return to;
  }

  #inRaw(offset: number, to: number): number {
    const state = this.#state;
    const end = endOfRaw(state, this.#text, offset, to);
    if (state.rawElement === 'script') feedScript(state.script, this.#text, offset, end, false);
    if (end === to) return to;
    this.#startTag(end, true);
    return end + 2;
  }

  #startTag(start: number, isClosing: boolean): void {
    const state = this.#state;
    state.tag = {
      name: '',
      start,
      end: start,
      isClosing,
      isSelfClosing: false,
      attributes: [],
      hasDynamicAttributes: false,
      isEmitted: false,
    };
    state.attribute = undefined;
    state.buffer = '';
    state.mode = 'tagName';
  }

  #inTagName(from: number, to: number): number {
    const end = this.#nameEnd(from, to, false);
    this.#state.buffer += this.#text.slice(from, end);
    if (end === to) return to;
    const { tag } = this.#state;
    if (tag !== undefined && tag.name === '') tag.name = this.#state.buffer.toLowerCase();
    this.#state.mode = 'beforeAttribute';
    return end;
  }

  #betweenAttributes(offset: number): number {
    const state = this.#state;
    const code = this.#text.charCodeAt(offset);
    if (isHtmlSpace(code)) {
      if (state.mode !== 'afterAttributeName') state.mode = 'beforeAttribute';
    } else if (code === GT) this.#emitTag(offset + 1, state.mode === 'selfClosing');
    else if (code === SLASH) state.mode = 'selfClosing';
    else if (code === EQUALS && state.mode === 'afterAttributeName') state.mode = 'beforeValue';
    else {
      this.#startAttribute(offset);
      this.#state.buffer = this.#text.charAt(offset);
    }
    return offset + 1;
  }

  #startAttribute(start: number): void {
    this.#state.mode = 'attributeName';
    this.#state.nameStart = start;
    this.#state.buffer = '';
    this.#state.attribute = undefined;
  }

  #inAttributeName(from: number, to: number): number {
    const end = this.#nameEnd(from, to, true);
    this.#state.buffer += this.#text.slice(from, end);
    if (end === to) return to;
    this.#endAttributeName(end);
    return end;
  }

  #endAttributeName(end: number): void {
    const state = this.#state;
    state.mode = 'afterAttributeName';
    const start = state.nameStart;
    const known = state.tag?.attributes.findLast((each) => each.start === start);
    state.attribute = known ?? {
      name: state.buffer.toLowerCase(),
      nameRange: { start, end },
      start,
      end,
      quote: '',
      isDynamic: false,
    };
    if (known === undefined) state.tag?.attributes.push(state.attribute);
  }

  #beforeValue(offset: number): number {
    const code = this.#text.charCodeAt(offset);
    if (isHtmlSpace(code)) return offset + 1;
    if (code === GT) {
      this.#emitTag(offset + 1, false);
      return offset + 1;
    }
    if (code !== DQ && code !== SQ) {
      this.#startValue('valueUnquoted', offset);
      return offset;
    }
    this.#startValue(code === DQ ? 'valueDouble' : 'valueSingle', offset + 1);
    return offset + 1;
  }

  #startValue(mode: 'valueDouble' | 'valueSingle' | 'valueUnquoted', start: number): void {
    const state = this.#state;
    state.mode = mode;
    state.buffer = '';
    const { attribute } = state;
    if (attribute === undefined) return;
    attribute.quote = mode === 'valueDouble' ? '"' : mode === 'valueSingle' ? "'" : '';
    attribute.valueRange = { start, end: start };
    const isScript = attributeRole(state.tag?.name ?? '', attribute.name) === 'eventHandler';
    state.script = createScriptState(isScript ? 'javascript' : 'none');
  }

  #inQuotedValue(from: number, to: number, quote: number): number {
    const text = this.#text;
    let end = from;
    while (end < to && text.charCodeAt(end) !== quote) end++;
    this.#readValue(from, end);
    if (end === to) return to;
    this.#endValue(end, end + 1);
    this.#state.mode = 'afterValue';
    return end + 1;
  }

  #inUnquotedValue(from: number, to: number): number {
    const text = this.#text;
    let end = from;
    while (end < to && !isHtmlSpace(text.charCodeAt(end)) && text.charCodeAt(end) !== GT) end++;
    this.#readValue(from, end);
    if (end === to) return to;
    this.#endValue(end, end);
    this.#state.mode = 'beforeAttribute';
    return end;
  }

  #readValue(from: number, to: number): void {
    if (from === to) return;
    this.#appendToPrefix(this.#text.slice(from, to));
    feedScript(this.#state.script, this.#text, from, to, true);
  }

  #endValue(valueEnd: number, attributeEnd: number): void {
    const { attribute } = this.#state;
    if (attribute?.valueRange === undefined) return;
    attribute.valueRange.end = valueEnd;
    attribute.end = attributeEnd;
  }

  #nameEnd(from: number, to: number, stopsAtEquals: boolean): number {
    let end = from;
    for (; end < to; end++) {
      const code = this.#text.charCodeAt(end);
      if (code === GT || code === SLASH || isHtmlSpace(code) || (stopsAtEquals && code === EQUALS)) break;
    }
    return end;
  }

  #emitTag(end: number, isSelfClosing: boolean): void {
    const state = this.#state;
    const { tag } = state;
    state.tag = undefined;
    state.attribute = undefined;
    state.mode = 'text';
    if (tag === undefined) return;
    if (!tag.isEmitted) {
      tag.isEmitted = true;
      tag.end = end;
      tag.isSelfClosing = isSelfClosing;
      this.#tags.push(tag);
    }
    if (tag.isClosing) leaveElement(state, tag.name);
    else enterElement(state, this.#text, tag, this.#isXml);
    this.#noteForm(tag);
  }

  #noteForm(tag: TagDraft): void {
    const state = this.#state;
    if (tag.name !== 'form') {
      if (!tag.isClosing && FORM_INPUTS.has(tag.name))
        for (const form of state.forms) if (!form.inputs.includes(tag)) form.inputs.push(tag);
      return;
    }
    if (tag.isClosing) {
      for (const form of state.forms) form.close ??= tag;
      state.forms = [];
      return;
    }
    const form: FormDraft = { open: tag, inputs: [], outputs: [] };
    this.#forms.push(form);
    state.forms = [form];
  }
}

function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

function isHtmlSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}
