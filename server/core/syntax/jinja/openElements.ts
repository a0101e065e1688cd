/** The open elements around a position, and what an opening tag makes of the text behind it. */
import { RAW_ELEMENTS, VOID_ELEMENTS } from './attributes';
import type { HtmlState, OpenElement, TagDraft } from './htmlState';
import { createScriptState, scriptLanguage } from './scriptState';

/** Elements outward in which a closing tag looks for its opening one; bounds the work on broken pages. */
const MAX_LOOK_OUT = 32;

/** Elements of SVG and MathML whose content is HTML again. */
const INTEGRATION_POINTS = new Set([
  'annotation-xml',
  'desc',
  'foreignobject',
  'mi',
  'mn',
  'mo',
  'ms',
  'mtext',
  'title',
]);

export function enterElement(state: HtmlState, text: string, tag: TagDraft, isXml: boolean): void {
  const { name } = tag;
  const isInForeign = isXml || state.open?.isForeign === true;
  const isScript = name === 'script';
  if ((isInForeign && tag.isSelfClosing) || (!isInForeign && VOID_ELEMENTS.has(name))) return;
  const isForeignRoot = name === 'svg' || name === 'math';
  const isForeign = isXml || isForeignRoot || (isInForeign && !INTEGRATION_POINTS.has(name));
  state.open = { name, isForeign, parent: state.open };
  // In SVG only scripts and styles are told apart, because what they hold is not text for people.
  if (isXml || !RAW_ELEMENTS.has(name) || (isInForeign && !isScript)) return;
  state.mode = 'raw';
  state.rawElement = name;
  state.scriptEscape = 0;
  state.scriptType = isScript ? scriptType(tag, text) : undefined;
  state.script = createScriptState(isScript ? scriptLanguage(state.scriptType) : 'none');
}

export function leaveElement(state: HtmlState, name: string): void {
  state.rawElement = '';
  let element: OpenElement | undefined = state.open;
  for (let distance = 0; element !== undefined && distance < MAX_LOOK_OUT; distance++) {
    if (element.name === name) {
      state.open = element.parent;
      return;
    }
    element = element.parent;
  }
}

function scriptType(tag: TagDraft, text: string): string | undefined {
  const attribute = tag.attributes.find((each) => each.name === 'type');
  if (attribute === undefined || attribute.isDynamic || attribute.valueRange === undefined) return undefined;
  return text.slice(attribute.valueRange.start, attribute.valueRange.end).trim().toLowerCase();
}
