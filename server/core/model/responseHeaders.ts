/** Headers that one unit sets on responses outside of views: in `after_request` functions, in helpers of theirs, in
 *  classes of responses. Which of those run after every request is not followed: what could is taken to. */
import { SECURITY_HEADERS } from '../knowledge/extensions';
import type { Argument, Expression, FunctionDef } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walkStatements } from '../syntax/python/walk';
import { dictOf, written } from './collections';
import type { Project } from './project';
import { routesOf } from './routes';
import type { Site } from './scope';
import { unitFacts } from './unitFacts';

export interface SetHeaders {
  /** Lower case; `frame-ancestors` when a policy names who may frame a page. */
  readonly names: readonly string[];
  /** True when a header is set whose name is not known. */
  readonly isOpen: boolean;
}

const SETTERS = new Set(['set', 'add', 'setdefault', '__setitem__', 'add_header']);
const FILLERS = new Set(['update', 'extend']);
const KNOWN: ReadonlySet<string> = new Set(SECURITY_HEADERS);

export function headersSetIn(project: Project, file: string, tree: Site['tree']): SetHeaders {
  const facts = unitFacts(tree);
  const draft = new Draft(project);
  for (const { node, owners } of [...facts.writes, ...facts.selfWrites]) {
    const site = { file, tree, owners };
    const { target, value } = node;
    if (target.kind === 'Subscript' && isHeaders(target.value))
      draft.addKey(target.index, value, site, () => isView(project, site));
    if (target.kind === 'Attribute' && POLICY_ATTRIBUTES.has(target.attr.id))
      draft.addName('content-security-policy', value, site);
  }
  for (const { node, owners } of facts.calls) {
    if (node.func.kind !== 'Attribute' || !isHeaders(node.func.value)) continue;
    const site = { file, tree, owners };
    const [first, second] = node.args;
    if (SETTERS.has(node.func.attr.id) && first !== undefined)
      draft.addKey(first.value, second?.value, site, () => isView(project, site));
    if (FILLERS.has(node.func.attr.id)) draft.addAll(node.args, site, () => isView(project, site));
  }
  return { names: [...draft.names].sort(), isOpen: draft.isOpen };
}

/** Werkzeug has the policy as an object as well. */
const POLICY_ATTRIBUTES = new Set(['content_security_policy']);

function isHeaders(node: Expression): boolean {
  if (node.kind === 'Name') return /^(\w+_)?headers$/.test(node.id);
  return node.kind === 'Attribute' && node.attr.id === 'headers';
}

/** What a view sets is set on its own responses only. */
function isView(project: Project, { file, tree, owners }: Site): boolean {
  return owners.some(
    (owner, index) =>
      owner.kind === 'FunctionDef' &&
      routesOf(project, { kind: 'function', file, tree, node: owner, owners: owners.slice(0, index) })
        .length > 0,
  );
}

class Draft {
  readonly names = new Set<string>();
  isOpen = false;
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  addKey(key: Expression, value: Expression | undefined, site: Site, isView: () => boolean): void {
    const name = this.#text(key, site);
    if (name !== undefined) {
      if (KNOWN.has(name.toLowerCase()) && !isView()) this.addName(name, value, site);
      return;
    }
    if (isView()) return;
    const dict = loopDict(this.#project, key, site);
    if (dict === undefined) this.isOpen = true;
    else this.#addDict(dict.node, dict.site);
  }

  addAll(args: readonly Argument[], site: Site, isView: () => boolean): void {
    if (isView()) return;
    for (const { name, star, value } of args) {
      const dict = name === undefined && star === '' ? dictOf(this.#project, value, site) : undefined;
      if (dict === undefined) this.isOpen = true;
      else this.#addDict(dict.node, dict.site);
    }
  }

  addName(name: string, value: Expression | undefined, site: Site): void {
    this.names.add(name.toLowerCase());
    if (name.toLowerCase() !== 'content-security-policy') return;
    // A policy that is put together elsewhere may well name frames.
    const text = value === undefined ? undefined : this.#text(value, site);
    if (text === undefined || text.includes('frame-ancestors')) this.names.add('frame-ancestors');
  }

  #addDict(dict: Extract<Expression, { kind: 'Dict' }>, site: Site): void {
    for (const { key, value } of dict.entries) {
      const name = key === undefined ? undefined : this.#text(key, site);
      if (name === undefined) this.isOpen = true;
      else if (KNOWN.has(name.toLowerCase())) this.addName(name, value, site);
    }
  }

  #text(node: Expression, site: Site): string | undefined {
    return literalText(written(this.#project, node, site).node);
  }
}

/** The dict of `for name, value in HEADERS.items():` around a use of `name`. */
function loopDict(project: Project, key: Expression, site: Site) {
  const around = site.owners.findLast((owner): owner is FunctionDef => owner.kind === 'FunctionDef');
  if (key.kind !== 'Name' || around === undefined) return undefined;
  for (const node of walkStatements(around.body)) {
    if (node.kind !== 'For' || node.iter.kind !== 'Call' || node.iter.func.kind !== 'Attribute') continue;
    const [first] = node.target.kind === 'Tuple' ? node.target.elements : [];
    if (first?.kind !== 'Name' || first.id !== key.id || node.iter.func.attr.id !== 'items') continue;
    const dict = dictOf(project, node.iter.func.value, site);
    if (dict !== undefined) return dict;
  }
  return undefined;
}
