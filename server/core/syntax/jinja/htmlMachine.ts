/** Reads the literal text of a template as a browser's tokenizer would and says where each output lands.
 *  @see https://html.spec.whatwg.org/multipage/parsing.html#tokenization
 *  An output counts as one opaque character. The machine sees literal text only, piece by piece; whoever
 *  drives it saves, restores and joins its state where the template forks. Never throws; linear. */
import type { HtmlContext, Output } from './ast';
import { contextOf } from './htmlContext';
import { joinHtmlStates } from './htmlJoin';
import {
  createHtmlState,
  type FormDraft,
  type HtmlCore,
  type HtmlState,
  isInValue,
  type TagDraft,
} from './htmlState';
import { betweenAttributes, inAttributeName, inTagName, isLetter, startAttribute, startTag } from './htmlTag';
import { inComment, inRaw, inText, until } from './htmlText';
import { appendToPrefix, beforeValue, inQuotedValue, inUnquotedValue, startValue } from './htmlValue';
import { passOutput } from './scriptState';

const HOLE = '\uFFFC';

const DQ = 34;
const SQ = 39;

export class HtmlMachine {
  readonly #core: HtmlCore;

  constructor(text: string, isXml: boolean) {
    this.#core = { text, isXml, tags: [], forms: [], state: createHtmlState() };
  }

  get tags(): readonly TagDraft[] {
    return this.#core.tags;
  }

  get forms(): readonly FormDraft[] {
    return this.#core.forms;
  }

  /** The present state, which the machine keeps changing: copy it, or restore another. */
  get state(): HtmlState {
    return this.#core.state;
  }

  /** Goes on in `state`, which is the machine's own from now on. */
  restore(state: HtmlState): void {
    this.#core.state = state;
  }

  /** The state where two branches meet, at `offset`; one of the two, which is changed for it. */
  join(first: HtmlState, second: HtmlState, offset: number): HtmlState {
    return joinHtmlStates(this.#core.text, offset, first, second);
  }

  /** Starts anew in plain text, as a macro's body does. */
  reset(): void {
    this.#core.state = createHtmlState();
  }

  /** Advances over literal text. */
  feed(from: number, to: number): void {
    let offset = from;
    while (offset < to) offset = this.#step(offset, to);
  }

  /** Notes an output and returns where it lands. */
  output(start: number): HtmlContext {
    this.#enterHole(start);
    const context = contextOf(this.#core.state);
    const state = this.#core.state;
    if (isInValue(state.mode)) {
      this.#markDynamic();
      appendToPrefix(this.#core, HOLE);
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
    for (const form of this.#core.state.forms) form.outputs.push(output);
  }

  /** Notes that a statement stands here which may write something. */
  statement(start: number): void {
    const { mode } = this.#core.state;
    if (mode === 'beforeValue') {
      const attribute = this.#core.state.attribute;
      if (attribute !== undefined) attribute.isDynamic = true;
    } else if (isInValue(mode)) this.#markDynamic();
    this.#closeTo(start);
  }

  /** A branch or the text ends: a value that is still open reaches to there. */
  close(offset: number): void {
    this.#closeTo(offset);
  }

  /** Lets a value that is open reach to `offset` at least. */
  #closeTo(offset: number): void {
    const attribute = isInValue(this.#core.state.mode) ? this.#core.state.attribute : undefined;
    if (attribute?.valueRange === undefined) return;
    attribute.valueRange.end = Math.max(attribute.valueRange.end, offset);
    attribute.end = Math.max(attribute.end, attribute.valueRange.end);
  }

  #markDynamic(): void {
    if (this.#core.state.attribute !== undefined) this.#core.state.attribute.isDynamic = true;
  }

  /** Lets an opaque character begin what a letter would begin here. */
  #enterHole(start: number): void {
    const state = this.#core.state;
    switch (state.mode) {
      case 'tagOpen':
      case 'endTagOpen':
        startTag(this.#core, state.nameStart, state.mode === 'endTagOpen');
        break;
      case 'beforeAttribute':
      case 'afterAttributeName':
      case 'afterValue':
      case 'selfClosing':
        startAttribute(this.#core, start);
        break;
      case 'beforeValue':
        startValue(this.#core, 'valueUnquoted', start);
        break;
      default:
        break;
    }
    this.#closeTo(start);
  }

  /** Consumes text in the present mode; returns the offset to go on at, which may be `offset` in a new mode. */
  #step(offset: number, to: number): number {
    const state = this.#core.state;
    switch (state.mode) {
      case 'text':
        return inText(this.#core, offset, to);
      case 'tagOpen':
      case 'endTagOpen':
        if (isLetter(this.#core.text.charCodeAt(offset)))
          startTag(this.#core, state.nameStart, state.mode === 'endTagOpen');
        else state.mode = 'text';
        return offset;
      case 'tagName':
        return inTagName(this.#core, offset, to);
      case 'beforeAttribute':
      case 'afterAttributeName':
      case 'afterValue':
      case 'selfClosing':
        return betweenAttributes(this.#core, offset);
      case 'attributeName':
        return inAttributeName(this.#core, offset, to);
      case 'beforeValue':
        return beforeValue(this.#core, offset);
      case 'valueDouble':
        return inQuotedValue(this.#core, offset, to, DQ);
      case 'valueSingle':
        return inQuotedValue(this.#core, offset, to, SQ);
      case 'valueUnquoted':
        return inUnquotedValue(this.#core, offset, to);
      case 'comment':
        return inComment(this.#core, offset, to);
      case 'bogusComment':
        return until(this.#core, '>', offset, to);
      case 'cdata':
        return until(this.#core, ']]>', offset, to);
      case 'raw':
        return inRaw(this.#core, offset, to);
    }
  }
}
