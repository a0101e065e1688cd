/** Switches escaping on within a template whose name switches it off: `{% autoescape true %}` round everything, and once
 *  more inside of every block, since Jinja compiles blocks on their own. White space of the page stays as it is. */
import type { TextEdit } from '../base/textEdit';
import type { BlockNode, Output, Template, TemplateBody, TemplateNode } from '../syntax/jinja/ast';
import { bodiesOf, walkNodes } from '../syntax/jinja/walk';
import { answer, type Refusal, refuse } from './outcome';
import { lineEndOf } from './pythonText';

/** True if every value of the template is escaped, whatever the name of the file. */
export function escapesItself({ body }: Template): boolean {
  return outputsWithout(body, false).every(({ expression }) => expression.kind === 'Literal');
}

/** Outputs that no `{% autoescape true %}` rules. */
function outputsWithout(body: TemplateBody, isOn: boolean): Output[] {
  return body.flatMap((node): Output[] => {
    if (node.kind === 'Output') return isOn ? [] : [node];
    const isInside = isOnInside(node, isOn);
    return bodiesOf(node).flatMap((inner) => outputsWithout(inner, isInside));
  });
}

function isOnInside(node: TemplateNode, isOn: boolean): boolean {
  if (node.kind === 'Autoescape') return node.value.kind === 'Literal' && node.value.value === true;
  return isOn && node.kind !== 'Block';
}

const OPEN = '{% autoescape true';
const CLOSE = 'endautoescape %}';

export function escapeTemplate(
  template: Template,
): { readonly kind: 'edits'; readonly edits: TextEdit[] } | Refusal {
  return answer(() => {
    if (template.problems.length > 0) refuse('the template does not parse');
    const nodes = walkNodes(template.body);
    if (nodes.some(({ kind }) => kind === 'Autoescape'))
      refuse('the template sets escaping itself, in places');
    // What a macro gives back would be escaped once more, and other templates would not see it any longer.
    if (nodes.some(({ kind }) => kind === 'Macro' || kind === 'CallBlock')) refuse('the template has macros');
    const isChild = nodes.some(({ kind }) => kind === 'Extends');
    const blocks = nodes.flatMap((node) => (node.kind === 'Block' ? [node] : []));
    const hasNames = template.body.some(({ kind }) => /^(?:Set|SetBlock|Import|FromImport)$/.test(kind));
    if (!isChild && blocks.length > 0 && hasNames) refuse('its blocks use names of the template');
    const edits = blocks.flatMap((block) => aroundBody(template.text, block));
    return { kind: 'edits' as const, edits: isChild ? edits : [...aroundText(template.text), ...edits] };
  });
}

function aroundBody(text: string, block: BlockNode): TextEdit[] {
  const close = text.lastIndexOf('{%', block.end - 1);
  if (close < block.tag.end) return refuse('the end of a block was not found');
  // An empty block has nothing to escape.
  if (outputsWithout(block.body, false).length === 0) return [];
  return [insertion(block.tag.end, `${OPEN} %}`), insertion(close, `{% ${CLOSE}`)];
}

function aroundText(text: string): TextEdit[] {
  const lineEnd = lineEndOf(text);
  const start = text.startsWith('\uFEFF') ? 1 : 0;
  const last = /(?:\r\n|\r|\n)?$/.exec(text)?.index ?? text.length;
  // A tag on a line of its own takes the line break along, and no white space of the page.
  const isTight = !/\s/.test(text[start] ?? ' ') && !/\s/.test(text[last - 1] ?? ' ');
  return isTight
    ? [insertion(start, `${OPEN} -%}${lineEnd}`), insertion(last, `${lineEnd}{%- ${CLOSE}`)]
    : [insertion(start, `${OPEN} %}`), insertion(last, `{% ${CLOSE}`)];
}

function insertion(offset: number, newText: string): TextEdit {
  return { range: { start: offset, end: offset }, newText };
}
