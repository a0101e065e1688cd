/** Joins the states of the HTML machine where the branches of a template meet.
 *
 *  Most states that meet are equal, or are made equal by the next white space or `>`: the first wins. Where
 *  one branch stands inside a tag, a quote or a script and the other does not, the text behind decides which
 *  of the two goes on sensibly. */
import { type FormDraft, type HtmlState, isInValue, MAX_OPEN_FORMS } from './htmlState';
import { isInScriptComment } from './scriptState';

/** How far ahead the join looks, in UTF-16 units: a few lines of markup, a screen of script. */
const LOOK_AHEAD = 400;
const LOOK_AHEAD_RAW = 4000;

type Place = 'text' | 'tag' | 'valueDouble' | 'valueSingle' | 'comment' | 'raw';

export function joinHtmlStates(text: string, offset: number, first: HtmlState, second: HtmlState): HtmlState {
  const isSamePlace = placeOf(first) === placeOf(second) && first.rawElement === second.rawElement;
  const isFirst = isSamePlace || fits(text, offset, first) || !fits(text, offset, second);
  const joined = isFirst ? first : second;
  const other = isFirst ? second : first;
  joined.forms = joinForms(first.forms, second.forms);
  if (!isSamePlace) return joined;
  // What one branch comments out is code in the other, where it can do harm.
  if (isInScriptComment(joined.script) && !isInScriptComment(other.script)) joined.script = other.script;
  // `href="{% if x %}/path/{% endif %}{{ y }}"`: the value may begin with `y`.
  const isInSameValue =
    isInValue(joined.mode) && isInValue(other.mode) && first.attribute === second.attribute;
  if (isInSameValue && joined.buffer.startsWith(other.buffer)) joined.buffer = other.buffer;
  return joined;
}

function placeOf(state: HtmlState): Place {
  switch (state.mode) {
    case 'text':
    case 'tagOpen':
    case 'endTagOpen':
    case 'cdata':
      return 'text';
    case 'comment':
    case 'bogusComment':
      return 'comment';
    case 'raw':
      return 'raw';
    case 'valueDouble':
    case 'valueSingle':
      return state.mode;
    case 'tagName':
    case 'beforeAttribute':
    case 'attributeName':
    case 'afterAttributeName':
    case 'beforeValue':
    case 'valueUnquoted':
    case 'afterValue':
    case 'selfClosing':
      return 'tag';
  }
}

/** True if the text behind `offset` reads well in this state: what is open there is closed there. */
function fits(text: string, offset: number, state: HtmlState): boolean {
  switch (placeOf(state)) {
    case 'text':
      return readsAsText(ahead(text, offset, LOOK_AHEAD_RAW));
    case 'tag':
      return /^[^<>]*>/.test(ahead(text, offset, LOOK_AHEAD));
    case 'valueDouble':
      return /^[^"<>]*"(?:[\s/>]|$)/.test(ahead(text, offset, LOOK_AHEAD));
    case 'valueSingle':
      return /^[^'<>]*'(?:[\s/>]|$)/.test(ahead(text, offset, LOOK_AHEAD));
    case 'comment':
      return closesBeforeOpening(ahead(text, offset, LOOK_AHEAD_RAW), /--!?>/, /<!--/);
    case 'raw': {
      const closing = new RegExp(`</${state.rawElement}[\\s/>]`, 'i');
      const opening = new RegExp(`<${state.rawElement}[\\s/>]`, 'i');
      return closesBeforeOpening(ahead(text, offset, LOOK_AHEAD_RAW), closing, opening);
    }
  }
}

/** Literal text behind `offset`: Jinja's tags are left out, with what cuts them short. */
function ahead(text: string, offset: number, length: number): string {
  return text.slice(offset, offset + length).replace(/\{\{[^{}]*\}\}|\{%[^%]*%\}|\{#[^#]*#\}/g, '');
}

/** Text goes on with a tag, not with the end of one, and no script, style or comment ends that did not begin. */
function readsAsText(following: string): boolean {
  const bracket = /[<>]/.exec(following)?.[0];
  if (bracket === '>') return false;
  const comment = closesBeforeOpening(following, /--!?>/, /<!--/);
  return !comment && !closesBeforeOpening(following, /<\/(?:script|style)[\s>]/i, /<(?:script|style)[\s>]/i);
}

function closesBeforeOpening(following: string, closing: RegExp, opening: RegExp): boolean {
  const close = following.search(closing);
  if (close < 0) return false;
  const open = following.search(opening);
  return open < 0 || close < open;
}

/** Both branches may have opened a form. One that a branch closed is closed, because what opens and closes
 *  under the same condition is common; but not when the branch went on with another: `</form><form>`. */
function joinForms(first: readonly FormDraft[], second: readonly FormDraft[]): readonly FormDraft[] {
  if (first === second) return first;
  const open: FormDraft[] = [];
  for (const form of [...first, ...second]) {
    const isClosed = form.close !== undefined && (first.length === 0 || second.length === 0);
    if (!isClosed && !open.includes(form)) open.push(form);
  }
  return open.slice(-MAX_OPEN_FORMS);
}
