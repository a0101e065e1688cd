/** Functions that compare texts take no `None`, which `==` does: what may be one gives way to an empty text. */
import { inQuotesOf } from '../edits/pythonText';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import type { Expression } from '../syntax/python/ast';
import { bindingsOf } from './passwordRoles';

/** `source` as the file `text` would write it, with an empty text for what is missing. */
export function orEmptyText(text: string, source: string): string {
  return `${source} or ${inQuotesOf(text, '""')}`;
}

/** `headers.get("X-Token")` without a default: what `==` takes, a function for texts does not. */
export function mayBeNone(project: Project, node: Expression, site: Site): boolean {
  if (node.kind === 'Call')
    return (
      node.func.kind === 'Attribute' && /^get(?:env)?$/.test(node.func.attr.id) && node.args.length === 1
    );
  if (node.kind !== 'Name') return false;
  const found = bindingsOf(project, node.id, site);
  return (
    found?.bindings.some(
      (binding) =>
        binding.kind === 'value' &&
        (binding.value.kind === 'Call'
          ? mayBeNone(project, binding.value, found.site)
          : binding.value.kind === 'Constant' && binding.value.value === 'None'),
    ) === true
  );
}
