/** Whether what a part of a template writes holds a CSRF token: itself, or by what it includes, calls or leaves to
 *  other templates. What cannot be seen counts as holding one. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import { KNOWLEDGE } from '../knowledge/index';
import type {
  ForNode,
  FromImportNode,
  HtmlForm,
  HtmlTag,
  ImportNode,
  JinjaCall,
  JinjaExpression,
  MacroNode,
  Template,
  TemplateBody,
  TemplateNode,
} from '../syntax/jinja/ast';
import { unfiltered, walkExpression, walkNodes } from '../syntax/jinja/walk';
import type { Project } from './project';
import { templateNames, templatesReaching } from './templateGraph';

/** Names of tokens, and of functions and variables that give them: `csrf_token`, `_csrf_token`, `XSRF`, `csrf_input`. */
const TOKEN_NAME = /csrf|xsrf/i;
/** Members of a form that write its token, beside those that say so. */
const HIDDEN_MEMBERS = new Set(['hidden_tag', 'hidden_fields', 'hidden_inputs']);
/** Variables that are a form as a whole, and functions that write one. */
const FORM_NAME = /forms?$/i;
const FORM_WRITER = /form(?!at)|token|hidden/i;

interface Search {
  readonly project: Project;
  readonly file: FilePath;
  readonly template: Template;
  /** Bodies that were looked into, so that macros and templates that pull in each other come to an end. */
  readonly seen: Set<object>;
}

/** True if a form surely or maybe sends a token. */
export function hasToken(project: Project, file: FilePath, template: Template, form: HtmlForm): boolean {
  const search: Search = { project, file, template, seen: new Set() };
  const range = { start: form.open.start, end: form.close?.start ?? form.end };
  return form.inputs.some((tag) => isToken(template, tag)) || rangeHasToken(search, range);
}

function isToken({ text }: Template, tag: HtmlTag): boolean {
  const name = tag.attributes.find((attribute) => attribute.name === 'name')?.valueRange;
  return name !== undefined && isTokenName(text.slice(name.start, name.end));
}

function isTokenName(name: string): boolean {
  return TOKEN_NAME.test(name) || name === 'authenticity_token' || KNOWLEDGE.isCsrfToken(name);
}

function bodyHasToken(search: Search, body: TemplateBody): boolean {
  for (const node of walkNodes(body)) if (nodeHasToken(search, node)) return true;
  return false;
}

/** Nodes that lie in a range, which may begin and end inside of blocks. */
function rangeHasToken(search: Search, { start, end }: Range): boolean {
  const { nodes } = indexOf(search.template);
  for (let index = firstFrom(nodes, start); index < nodes.length; index++) {
    const node = nodes[index] as TemplateNode;
    if (node.start >= end) return false;
    if (node.end <= end && nodeHasToken(search, node)) return true;
  }
  return false;
}

/** Index of the first node that begins at an offset or behind it. */
function firstFrom(nodes: readonly TemplateNode[], start: number): number {
  let [low, high] = [0, nodes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((nodes[middle] as TemplateNode).start < start) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** What is looked up again and again in one template. */
interface TemplateIndex {
  /** All nodes, parents before children: in the order of their starts. */
  readonly nodes: readonly TemplateNode[];
  readonly macros: ReadonlyMap<string, readonly MacroNode[]>;
  readonly fromImports: readonly FromImportNode[];
  readonly imports: readonly ImportNode[];
}

const indexes = new WeakMap<Template, TemplateIndex>();

function indexOf(template: Template): TemplateIndex {
  let index = indexes.get(template);
  if (index === undefined) {
    index = createIndex(walkNodes(template.body));
    indexes.set(template, index);
  }
  return index;
}

function createIndex(nodes: readonly TemplateNode[]): TemplateIndex {
  const macros = new Map<string, MacroNode[]>();
  const fromImports: FromImportNode[] = [];
  const imports: ImportNode[] = [];
  for (const node of nodes) {
    if (node.kind === 'Macro') macros.set(node.name, [...(macros.get(node.name) ?? []), node]);
    if (node.kind === 'FromImport') fromImports.push(node);
    if (node.kind === 'Import') imports.push(node);
  }
  return { nodes, macros, fromImports, imports };
}

function nodeHasToken(search: Search, node: TemplateNode): boolean {
  switch (node.kind) {
    case 'Output':
      return isWholeForm(node.expression) || expressionHasToken(search, node.expression);
    case 'CallBlock':
      return expressionHasToken(search, node.call);
    case 'Do':
      return expressionHasToken(search, node.expression);
    case 'For':
      return isLoopOverForm(node);
    case 'Include':
      return includeHasToken(search, node.template);
    case 'Block':
      return overrides(search, node.name).some(([other, body]) => bodyHasToken(other, body));
    case 'Unknown':
      return isTokenName(node.name);
    default:
      return false;
  }
}

/** `{{ form }}` and `{{ form() }}` write all fields. */
function isWholeForm(expression: JinjaExpression): boolean {
  const inner = unfiltered(expression);
  const callee = inner.kind === 'Call' ? inner.func : inner;
  return callee.kind === 'Name' && FORM_NAME.test(callee.name);
}

/** `{% for field in form %}` goes over the token, too. */
function isLoopOverForm({ iter }: ForNode): boolean {
  const inner = unfiltered(iter);
  return inner.kind === 'Name' && FORM_NAME.test(inner.name);
}

function expressionHasToken(search: Search, expression: JinjaExpression): boolean {
  for (const node of walkExpression(expression)) {
    if (node.kind === 'Name' && isTokenName(node.name)) return true;
    if (node.kind === 'Literal' && typeof node.value === 'string' && isTokenName(node.value)) return true;
    if (node.kind === 'Attribute' && (isTokenName(node.name) || HIDDEN_MEMBERS.has(node.name))) return true;
    if (node.kind === 'Call' && callHasToken(search, node)) return true;
  }
  return false;
}

function callHasToken(search: Search, { func }: JinjaCall): boolean {
  if (func.kind === 'Name') {
    if (func.name === 'caller') return callersHaveToken(search);
    if (func.name === 'super') return true;
    const macros = macrosNamed(search, func.name);
    if (macros === undefined) return FORM_WRITER.test(func.name);
    return macros === 'elsewhere' || macros.some(([other, macro]) => once(other, macro));
  }
  if (func.kind !== 'Attribute' || func.object.kind !== 'Name') return false;
  if (func.object.name === 'self')
    return overrides(search, func.name).some(([other, body]) => bodyHasToken(other, body));
  const imported = importedAs(search, func.object.name);
  if (imported === undefined) return false;
  if (imported.length === 0) return true;
  return imported.some((other) => ownMacros(other.template, func.name).some((macro) => once(other, macro)));
}

function once(search: Search, macro: MacroNode): boolean {
  if (search.seen.has(macro)) return false;
  search.seen.add(macro);
  return bodyHasToken(search, macro.body);
}

/** Macros that a name stands for; undefined: it is no macro, `elsewhere`: one that is not in the project. */
function macrosNamed(
  search: Search,
  name: string,
): readonly (readonly [Search, MacroNode])[] | 'elsewhere' | undefined {
  const own = ownMacros(search.template, name);
  if (own.length > 0) return own.map((macro) => [search, macro]);
  for (const seeing of withLayouts(search))
    for (const node of indexOf(seeing.template).fromImports) {
      const entry = node.names.find((each) => (each.alias ?? each.name) === name);
      if (entry === undefined) continue;
      const found = filesOf(seeing, node.template).flatMap((other) =>
        ownMacros(other.template, entry.name).map((macro) => [other, macro] as const),
      );
      return found.length === 0 ? 'elsewhere' : found;
    }
  return undefined;
}

/** A template and the layouts it extends, nearest first: what those import at their top level, its blocks see. */
function withLayouts(search: Search): readonly Search[] {
  const found = [search];
  const seen = new Set([search.template]);
  for (const each of found)
    for (const node of each.template.body)
      for (const layout of node.kind === 'Extends' ? filesOf(each, node.template) : [])
        if (!seen.has(layout.template)) {
          seen.add(layout.template);
          found.push(layout);
        }
  return found;
}

function ownMacros(template: Template, name: string): readonly MacroNode[] {
  return indexOf(template).macros.get(name) ?? [];
}

/** Templates behind `{% import "x" as name %}`; undefined: no import, empty: not in the project. */
function importedAs(search: Search, name: string): readonly Search[] | undefined {
  for (const seeing of withLayouts(search)) {
    const found = indexOf(seeing.template).imports.find(({ alias }) => alias === name);
    if (found !== undefined) return filesOf(seeing, found.template);
  }
  return undefined;
}

function filesOf(search: Search, expression: JinjaExpression): readonly Search[] {
  return templateNames(expression).flatMap((name) =>
    search.project.templatesNamed(name).flatMap((file): readonly Search[] => {
      const template = search.project.template(file);
      return template === undefined ? [] : [{ ...search, file, template }];
    }),
  );
}

function includeHasToken(search: Search, expression: JinjaExpression): boolean {
  const found = filesOf(search, expression);
  if (found.length === 0) return true;
  return found.some((other) => {
    if (search.seen.has(other.template)) return false;
    search.seen.add(other.template);
    return (
      other.template.tags.some((tag) => tag.name === 'input' && isToken(other.template, tag)) ||
      bodyHasToken(other, other.template.body)
    );
  });
}

/** Bodies that other templates give a block. */
function overrides(search: Search, name: string): readonly (readonly [Search, TemplateBody])[] {
  const found: (readonly [Search, TemplateBody])[] = [];
  for (const file of templatesReaching(search.project, search.file)) {
    const template = search.project.template(file);
    if (template === undefined || search.seen.has(template)) continue;
    for (const node of walkNodes(template.body))
      if (node.kind === 'Block' && node.name === name && !search.seen.has(node)) {
        search.seen.add(node);
        found.push([{ ...search, file, template }, node.body]);
      }
  }
  return found;
}

/** What call blocks hand to a macro: a form inside of a macro often gets its fields from there. */
function callersHaveToken({ project, seen }: Search): boolean {
  let isCalled = false;
  for (const file of project.templateFiles()) {
    const template = project.template(file);
    if (template === undefined || !template.text.includes('endcall')) continue;
    for (const node of walkNodes(template.body)) {
      if (node.kind !== 'CallBlock' || seen.has(node)) continue;
      seen.add(node);
      isCalled = true;
      if (bodyHasToken({ project, file, template, seen }, node.body)) return true;
    }
  }
  return !isCalled;
}
