/** The state of the HTML tokenizer between two pieces of literal text, and the drafts of what it finds.
 *  States are copied where a template forks; drafts are shared by all copies, so that a tag which is written
 *  by several branches collects the attributes of all of them. */
import type { HtmlAttribute, HtmlTag, Output } from './ast';
import { createScriptState, type ScriptState } from './scriptState';

export type HtmlMode =
  | 'text'
  | 'tagOpen'
  | 'endTagOpen'
  | 'tagName'
  | 'beforeAttribute'
  | 'attributeName'
  | 'afterAttributeName'
  | 'beforeValue'
  | 'valueDouble'
  | 'valueSingle'
  | 'valueUnquoted'
  | 'afterValue'
  | 'selfClosing'
  | 'comment'
  | 'bogusComment'
  | 'cdata'
  | 'raw';

/** Forms that are open at once, from several branches; more are a mistake in the template. */
export const MAX_OPEN_FORMS = 8;

type Draft<T> = { -readonly [K in keyof T]: T[K] };

export interface AttributeDraft extends Draft<HtmlAttribute> {
  valueRange?: { start: number; end: number };
}

export interface TagDraft extends Omit<Draft<HtmlTag>, 'attributes'> {
  attributes: AttributeDraft[];
  /** True when an output stands where attributes stand, as in `<form {{ attributes }}>`. */
  hasDynamicAttributes: boolean;
  isEmitted: boolean;
}

export interface FormDraft {
  readonly open: TagDraft;
  close?: TagDraft;
  readonly inputs: TagDraft[];
  readonly outputs: Output[];
}

/** The open elements, innermost first. */
export interface OpenElement {
  readonly name: string;
  readonly isForeign: boolean;
  readonly parent: OpenElement | undefined;
}

export interface HtmlState {
  mode: HtmlMode;
  /** The element whose content is raw, in mode `raw` and in its closing tag; else `''`. */
  rawElement: string;
  scriptType: string | undefined;
  /** 1 inside `<!--` of a script, 2 in a `<script>` inside that, where `</script>` does not close. */
  scriptEscape: 0 | 1 | 2;
  script: ScriptState;
  open: OpenElement | undefined;
  tag: TagDraft | undefined;
  attribute: AttributeDraft | undefined;
  /** The tag or attribute name that is being read, or the value so far. */
  buffer: string;
  nameStart: number;
  forms: readonly FormDraft[];
}

export function createHtmlState(): HtmlState {
  return {
    mode: 'text',
    rawElement: '',
    scriptType: undefined,
    scriptEscape: 0,
    script: createScriptState('none'),
    open: undefined,
    tag: undefined,
    attribute: undefined,
    buffer: '',
    nameStart: 0,
    forms: [],
  };
}

export function copyHtmlState(state: HtmlState): HtmlState {
  const copy = { ...state };
  if (state.script.language !== 'none') copy.script = { ...state.script };
  return copy;
}

export function isInValue(mode: HtmlMode): boolean {
  return mode === 'valueDouble' || mode === 'valueSingle' || mode === 'valueUnquoted';
}

/** What the parts of the machine share. */
export interface HtmlCore {
  readonly text: string;
  readonly isXml: boolean;
  readonly tags: TagDraft[];
  readonly forms: FormDraft[];
  state: HtmlState;
}
