/** Which template pulls in which: `extends`, `include`, `import`. */
import type { FilePath } from '../base/filePath';
import type { JinjaExpression, Template } from '../syntax/jinja/ast';
import { walkNodes } from '../syntax/jinja/walk';
import type { Module, UnitTree } from '../syntax/python/ast';
import type { Project } from './project';
import { unitFacts } from './unitFacts';

const cache = new WeakMap<Template, readonly string[]>();

/** Template names that a template mentions as literals. */
export function templateReferences(template: Template): readonly string[] {
  const cached = cache.get(template);
  if (cached !== undefined) return cached;
  const names: string[] = [];
  for (const node of walkNodes(template.body))
    if (node.kind === 'Extends' || node.kind === 'Include' || node.kind === 'Import' || node.kind === 'FromImport')
      collectLiterals(node.template, names);
  cache.set(template, names);
  return names;
}

/** Files from which `file` is reached by pulling in, itself included. */
export function templatesReaching(project: Project, file: FilePath): ReadonlySet<FilePath> {
  const users = new Map<FilePath, FilePath[]>();
  for (const from of project.templateFiles()) {
    const template = project.template(from);
    for (const name of template === undefined ? [] : templateReferences(template))
      for (const target of project.templatesNamed(name)) {
        const known = users.get(target);
        if (known === undefined) users.set(target, [from]);
        else known.push(from);
      }
  }
  const reached = new Set([file]);
  for (const target of reached) for (const user of users.get(target) ?? []) reached.add(user);
  return reached;
}

/** Units of a module that hold a render call, with every text literal in them that looks like a template's name:
 *  the name may be put together or chosen before the call. */
export function renderNames(module: Module): readonly { readonly tree: UnitTree; readonly names: readonly string[] }[] {
  let units = renderUnits.get(module);
  if (units === undefined) {
    units = module.units.filter(({ tree }) => rendersSomething(tree)).map(({ tree }) => ({ tree, names: templateNames(tree) }));
    renderUnits.set(module, units);
  }
  return units;
}

const renderUnits = new WeakMap<Module, readonly { tree: UnitTree; names: readonly string[] }[]>();
const namesByTree = new WeakMap<UnitTree, readonly string[]>();

function rendersSomething(tree: UnitTree): boolean {
  return unitFacts(tree).calls.some(({ node }) => {
    const { func } = node;
    const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
    return name.includes('template') || name.includes('render');
  });
}

function templateNames(tree: UnitTree): readonly string[] {
  let names = namesByTree.get(tree);
  if (names === undefined) {
    names = [...new Set(unitFacts(tree).templateNames)];
    namesByTree.set(tree, names);
  }
  return names;
}

function collectLiterals(node: JinjaExpression, names: string[]): void {
  if (node.kind === 'Literal' && typeof node.value === 'string') names.push(node.value);
  if (node.kind === 'List' || node.kind === 'Tuple') for (const element of node.elements) collectLiterals(element, names);
  if (node.kind === 'Conditional') {
    collectLiterals(node.body, names);
    if (node.orelse) collectLiterals(node.orelse, names);
  }
}
