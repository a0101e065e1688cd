/** Which outputs write an identifier by construction: keys, counts and what WTForms calls its fields. */
import type { OutputHit } from '../flow/templates';
import type { JinjaExpression } from '../syntax/jinja/ast';
import { unfiltered } from '../syntax/jinja/walk';

/** Names of keys and numbers that the app makes itself: `id`, `menu_id`, `dataId`, `uuid`, `total`. */
const IDENTIFIER = /(?:^|_)(?:id|pk|uuid|guid|count|total|index|timestamp|page)$|[a-z](?:Id|Uuid|Count)$/;
/** What WTForms makes of the name that a field has in Python. */
const FIELD_METADATA = new Set(['name', 'short_name', 'type']);
const FORM_NAME = /form$/i;

/** True where the name of a value says that no visitor writes it. A suspicion only: taint proves more than a name. */
export function isIdentifier({ output }: OutputHit): boolean {
  const node = unfiltered(output.expression);
  const name = memberName(node);
  return name !== undefined && (IDENTIFIER.test(name) || isFieldMetadata(node, name));
}

function memberName(node: JinjaExpression): string | undefined {
  if (node.kind === 'Name' || node.kind === 'Attribute') return node.name;
  if (node.kind !== 'Item' || node.index.kind !== 'Literal') return undefined;
  return typeof node.index.value === 'string' ? node.index.value : undefined;
}

/** `form.title.name`, not `form.name`, which is a field. */
function isFieldMetadata(node: JinjaExpression, name: string): boolean {
  if (node.kind !== 'Attribute' || !FIELD_METADATA.has(name)) return false;
  const field = node.object;
  const form = field.kind === 'Attribute' || field.kind === 'Item' ? field.object : undefined;
  return form?.kind === 'Name' && FORM_NAME.test(form.name);
}
