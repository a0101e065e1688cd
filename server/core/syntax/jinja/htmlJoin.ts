/** Joins the states of the HTML machine where the branches of a template meet. */
import { copyHtmlState, type FormDraft, type HtmlState, isInValue } from './htmlState';

/** One state for both. The first wins where they differ in what the next white space or `>` makes equal
 *  again; where they differ in an attribute's value, the one wins that says more about the URL or script. */
export function joinHtmlStates(first: HtmlState, second: HtmlState): HtmlState {
  const joined = copyHtmlState(first);
  joined.forms = joinForms(first.forms, second.forms);
  if (isInValue(first.mode) && isInValue(second.mode) && first.attribute === second.attribute) {
    // `href="{% if x %}/path{% endif %}{{ y }}"`: what may be the start of the value decides.
    if (second.buffer.length < first.buffer.length && second.buffer === '') joined.buffer = '';
  }
  return joined;
}

/** Both branches may have opened a form; one that either branch closed is closed. */
function joinForms(first: readonly FormDraft[], second: readonly FormDraft[]): readonly FormDraft[] {
  if (first === second) return first;
  const open = first.filter((form) => form.close === undefined);
  for (const form of second) if (form.close === undefined && !open.includes(form)) open.push(form);
  return open;
}
