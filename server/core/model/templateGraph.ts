/** Which template pulls in which: `extends`, `include`, `import`. */
import type { FilePath } from '../base/filePath';
import type { JinjaExpression, Template } from '../syntax/jinja/ast';
import { walkNodes } from '../syntax/jinja/walk';
import type { Project } from './project';

const cache = new WeakMap<Template, readonly string[]>();
const choosing = new WeakMap<Template, boolean>();

/** Template names that a template mentions as literals. */
export function templateReferences(template: Template): readonly string[] {
  const cached = cache.get(template);
  if (cached !== undefined) return cached;
  const names: string[] = [];
  for (const node of walkNodes(template.body))
    if (
      node.kind === 'Extends' ||
      node.kind === 'Include' ||
      node.kind === 'Import' ||
      node.kind === 'FromImport'
    )
      collectLiterals(node.template, names);
  cache.set(template, names);
  return names;
}

/** Whether a template pulls in others by a name that something else decides: `{% extends layout %}`. */
export function isChoosing(template: Template): boolean {
  let answer = choosing.get(template);
  if (answer === undefined) {
    answer = [...walkNodes(template.body)].some(
      (node) =>
        (node.kind === 'Extends' ||
          node.kind === 'Include' ||
          node.kind === 'Import' ||
          node.kind === 'FromImport') &&
        !isLiteral(node.template),
    );
    choosing.set(template, answer);
  }
  return answer;
}

function isLiteral(node: JinjaExpression): boolean {
  if (node.kind === 'List' || node.kind === 'Tuple') return node.elements.every(isLiteral);
  if (node.kind === 'Conditional')
    return isLiteral(node.body) && (node.orelse === undefined || isLiteral(node.orelse));
  return node.kind === 'Literal';
}

/** For each template that is pulled in, those that do it. */
export function templateUsers(project: Project): ReadonlyMap<FilePath, ReadonlySet<FilePath>> {
  const users = new Map<FilePath, Set<FilePath>>();
  for (const from of project.templateFiles()) {
    const template = project.template(from);
    for (const name of template === undefined ? [] : templateReferences(template))
      for (const target of project.templatesNamed(name)) {
        const known = users.get(target);
        if (known === undefined) users.set(target, new Set([from]));
        else known.add(from);
      }
  }
  return users;
}

/** Files from which `file` is reached by pulling in, itself included. */
export function templatesReaching(project: Project, file: FilePath): ReadonlySet<FilePath> {
  const reached = new Set([file]);
  for (const target of reached)
    for (const user of project.templateUsers().get(target) ?? []) reached.add(user);
  return reached;
}

/** Names that an expression can give a template, as far as they are written in it. */
export function templateNames(node: JinjaExpression): readonly string[] {
  const names: string[] = [];
  collectLiterals(node, names);
  return names;
}

function collectLiterals(node: JinjaExpression, names: string[]): void {
  if (node.kind === 'Literal' && typeof node.value === 'string') names.push(node.value);
  if (node.kind === 'List' || node.kind === 'Tuple')
    for (const element of node.elements) collectLiterals(element, names);
  if (node.kind === 'Conditional') {
    collectLiterals(node.body, names);
    if (node.orelse) collectLiterals(node.orelse, names);
  }
}
