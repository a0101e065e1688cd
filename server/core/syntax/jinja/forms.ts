/** Turns the drafts of tags and forms into what the template's tree holds. */
import type { HtmlForm, HtmlTag } from './ast';
import type { FormDraft, TagDraft } from './htmlState';

/** In source order: where a template forks inside a tag, tags end out of order, and the attributes of one
 *  branch may stand behind the `>` of another. */
export function finishTags(drafts: readonly TagDraft[]): readonly HtmlTag[] {
  for (const draft of drafts)
    for (const attribute of draft.attributes) draft.end = Math.max(draft.end, attribute.end);
  return [...drafts].sort((a, b) => a.start - b.start);
}

export function finishForms(text: string, drafts: readonly FormDraft[]): readonly HtmlForm[] {
  return drafts.map((draft) => {
    const method = formMethod(text, draft.open);
    const { open, close, inputs, outputs } = draft;
    const range = { start: open.start, end: close?.end ?? lastEnd(draft) };
    return {
      open,
      ...(close && { close }),
      ...(method !== undefined && { method }),
      inputs,
      outputs,
      ...range,
    };
  });
}

function formMethod(text: string, open: TagDraft): string | undefined {
  const attribute = open.attributes.find((each) => each.name === 'method');
  if (attribute === undefined) return open.hasDynamicAttributes ? undefined : 'get';
  if (attribute.isDynamic) return undefined;
  const value = attribute.valueRange && text.slice(attribute.valueRange.start, attribute.valueRange.end);
  return value === undefined || value.trim() === '' ? 'get' : value.trim().toLowerCase();
}

/** Without a closing tag a form reaches as far as what is known to be in it. */
function lastEnd(draft: FormDraft): number {
  return Math.max(draft.open.end, draft.inputs.at(-1)?.end ?? 0, draft.outputs.at(-1)?.end ?? 0);
}
