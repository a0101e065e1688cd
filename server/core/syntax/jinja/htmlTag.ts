/** The HTML machine inside a tag, up to its `>`: names, and what lies between attributes. */
import { type HtmlCore, MAX_OPEN_FORMS, type TagDraft } from './htmlState';
import { enterElement, leaveElement } from './openElements';

const FORM_INPUTS = new Set(['button', 'input', 'select', 'textarea']);

const GT = 62;
const SLASH = 47;
const EQUALS = 61;

export function isLetter(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90);
}

export function isHtmlSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 9 || code === 13 || code === 12;
}

export function startTag(core: HtmlCore, start: number, isClosing: boolean): void {
  const state = core.state;
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

export function inTagName(core: HtmlCore, from: number, to: number): number {
  const end = nameEnd(core, from, to, false);
  core.state.buffer += core.text.slice(from, end);
  if (end === to) return to;
  const { tag } = core.state;
  if (tag !== undefined && tag.name === '') tag.name = core.state.buffer.toLowerCase();
  core.state.mode = 'beforeAttribute';
  return end;
}

export function betweenAttributes(core: HtmlCore, offset: number): number {
  const state = core.state;
  const code = core.text.charCodeAt(offset);
  if (isHtmlSpace(code)) {
    if (state.mode !== 'afterAttributeName') state.mode = 'beforeAttribute';
  } else if (code === GT) emitTag(core, offset + 1, state.mode === 'selfClosing');
  else if (code === SLASH) state.mode = 'selfClosing';
  else if (code === EQUALS && state.mode === 'afterAttributeName') state.mode = 'beforeValue';
  else {
    startAttribute(core, offset);
    core.state.buffer = core.text.charAt(offset);
  }
  return offset + 1;
}

export function startAttribute(core: HtmlCore, start: number): void {
  core.state.mode = 'attributeName';
  core.state.nameStart = start;
  core.state.buffer = '';
  core.state.attribute = undefined;
}

export function inAttributeName(core: HtmlCore, from: number, to: number): number {
  const end = nameEnd(core, from, to, true);
  core.state.buffer += core.text.slice(from, end);
  if (end === to) return to;
  endAttributeName(core, end);
  return end;
}

function endAttributeName(core: HtmlCore, end: number): void {
  const state = core.state;
  state.mode = 'afterAttributeName';
  const start = state.nameStart;
  // Known when the template forked in the name: `data-{% if x %}a{% else %}b{% endif %}=`.
  const isForked = (state.tag?.attributes.at(-1)?.start ?? -1) >= start;
  const known = isForked ? state.tag?.attributes.find((each) => each.start === start) : undefined;
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

function nameEnd(core: HtmlCore, from: number, to: number, stopsAtEquals: boolean): number {
  let end = from;
  for (; end < to; end++) {
    const code = core.text.charCodeAt(end);
    if (code === GT || code === SLASH || isHtmlSpace(code) || (stopsAtEquals && code === EQUALS)) break;
  }
  return end;
}

export function emitTag(core: HtmlCore, end: number, isSelfClosing: boolean): void {
  const state = core.state;
  const { tag } = state;
  state.tag = undefined;
  state.attribute = undefined;
  state.mode = 'text';
  if (tag === undefined) return;
  const isNew = !tag.isEmitted;
  if (isNew) {
    tag.isEmitted = true;
    tag.end = end;
    tag.isSelfClosing = isSelfClosing;
    core.tags.push(tag);
  }
  if (tag.isClosing) leaveElement(state, tag.name);
  else enterElement(state, core.text, tag, core.isXml);
  if (tag.name === 'form') noteForm(core, tag, isNew);
  else if (isNew && !tag.isClosing && FORM_INPUTS.has(tag.name))
    for (const form of state.forms) form.inputs.push(tag);
}

/** A form opens, or all open ones close. One that opens inside another does not exist for browsers: what
 *  follows belongs to the outer. Which of the two a template means is not known, so it counts for both. */
function noteForm(core: HtmlCore, tag: TagDraft, isNew: boolean): void {
  const { state } = core;
  if (tag.isClosing) {
    for (const form of state.forms) form.close = tag;
    state.forms = [];
    return;
  }
  const known = isNew ? undefined : core.forms.findLast((form) => form.open === tag);
  const form = known ?? { open: tag, inputs: [], outputs: [] };
  if (known === undefined) core.forms.push(form);
  if (!state.forms.includes(form)) state.forms = [...state.forms.slice(1 - MAX_OPEN_FORMS), form];
}
