/** Fields of forms in templates that do not say whose they are: `{% macro render_field(field) %}`. */
import { templatePath } from '../flow/templateValues';
import type { JinjaExpression, TemplateBody } from '../syntax/jinja/ast';
import { walkExpressions } from '../syntax/jinja/walk';

/** What the form's class says of a field, not its visitor. */
const WRITTEN_BY_CLASS = new Set(['label', 'description']);

/** True for what a field of WTForms writes itself, which is escaped, or for its label and description, where the same
 *  template uses the value as such a field: it calls it and shows its errors or its label. */
export function isFormField(node: JinjaExpression, body: TemplateBody): boolean {
  const field = fieldOf(node);
  if (field === undefined) return false;
  const used = new Set<string>();
  for (const inner of walkExpressions(body)) {
    if (inner.kind === 'Attribute' && templatePath(inner.object) === field) used.add(inner.name);
    if (inner.kind === 'Call' && templatePath(inner.func) === field) used.add('()');
  }
  return used.has('()') && (used.has('errors') || used.has('label'));
}

/** `field(class_="wide")`, `field.label`, `field.label.text`, `field.description` → `field`. */
function fieldOf(node: JinjaExpression): string | undefined {
  if (node.kind === 'Call')
    return node.func.kind === 'Attribute' && node.func.name === 'label'
      ? templatePath(node.func.object)
      : templatePath(node.func);
  if (node.kind !== 'Attribute') return undefined;
  if (WRITTEN_BY_CLASS.has(node.name)) return templatePath(node.object);
  const { object } = node;
  return node.name === 'text' && object.kind === 'Attribute' && object.name === 'label'
    ? templatePath(object.object)
    : undefined;
}
