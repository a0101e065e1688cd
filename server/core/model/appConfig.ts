/** Configuration of the app, from every place where Flask lets it be set, each with its provenance. */
import type { FilePath } from '../base/filePath';
import { basename } from '../base/filePath';
import type { Body, ClassDef, Expression, Statement, UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { Project } from './project';
import type { Site } from './scope';
import { unitFacts } from './unitFacts';

/** How a value gets into the configuration. */
export type Provenance =
  | { readonly kind: 'attribute' }
  | { readonly kind: 'item' }
  | { readonly kind: 'update' }
  | { readonly kind: 'setdefault' }
  | { readonly kind: 'mapping' }
  | { readonly kind: 'class'; readonly name: string; readonly isForTests: boolean }
  | { readonly kind: 'module' };

export interface ConfigEntry {
  /** Upper case, such as `SECRET_KEY`. */
  readonly key: string;
  readonly value: Expression;
  readonly site: Site;
  readonly provenance: Provenance;
}

/** `app.secret_key` and its like are configuration under another name. */
const ATTRIBUTE_KEYS: ReadonlyMap<string, string> = new Map([
  ['secret_key', 'SECRET_KEY'],
  ['debug', 'DEBUG'],
  ['testing', 'TESTING'],
  ['permanent_session_lifetime', 'PERMANENT_SESSION_LIFETIME'],
]);

/** Entries that one unit sets. */
export function configEntries(project: Project, file: FilePath, tree: UnitTree): readonly ConfigEntry[] {
  const facts = unitFacts(tree);
  const entries: ConfigEntry[] = [];
  const add = (key: string | undefined, value: Expression, site: Site, provenance: Provenance) => {
    if (key !== undefined && /^[A-Z][A-Z0-9_]*$/.test(key)) entries.push({ key, value, site, provenance });
  };
  for (const { node, owners } of [...facts.writes, ...facts.selfWrites]) {
    const site = { file, tree, owners };
    const { target, value } = node;
    if (
      target.kind === 'Attribute' &&
      ATTRIBUTE_KEYS.has(target.attr.id) &&
      isApp(project, target.value, site)
    )
      add(ATTRIBUTE_KEYS.get(target.attr.id), value, site, { kind: 'attribute' });
    if (target.kind === 'Subscript' && isConfig(project, target.value, site))
      add(literalText(target.index), value, site, { kind: 'item' });
  }
  for (const { node, owners } of facts.calls) {
    const site = { file, tree, owners };
    if (node.func.kind !== 'Attribute' || !isConfig(project, node.func.value, site)) continue;
    const method = node.func.attr.id;
    if (method === 'update' || method === 'from_mapping') {
      const provenance: Provenance = { kind: method === 'update' ? 'update' : 'mapping' };
      for (const argument of node.args) {
        if (argument.name) add(argument.name.id, argument.value, site, provenance);
        for (const [key, value] of dictEntries(argument.value)) add(key, value, site, provenance);
      }
    }
    const [key, value] = node.args;
    if (method === 'setdefault' && key && value)
      add(literalText(key.value), value.value, site, { kind: 'setdefault' });
  }
  for (const { node, owners } of facts.classes)
    if (isConfigClass(project, node, { file, tree, owners }))
      for (const [key, value] of assignments(node.body))
        add(
          key,
          value,
          { file, tree, owners: [...owners, node] },
          { kind: 'class', name: node.name.id, isForTests: isTestClass(node) },
        );
  for (const [name, value] of assignments(tree.body))
    if (isConfigDict(name, value, file))
      for (const [key, entry] of dictEntries(value))
        add(key, entry, { file, tree, owners: [] }, { kind: 'mapping' });
  if (isConfigModule(project, file))
    for (const [key, value] of assignments(tree.body))
      add(key, value, { file, tree, owners: [] }, { kind: 'module' });
  return entries;
}

function isApp(project: Project, node: Expression, site: Site): boolean {
  const refs = project.resolver.resolve(node, site);
  if (refs.some((ref) => ref.kind === 'instance' && ref.name === 'flask.Flask')) return true;
  if (refs.some((ref) => ref.kind === 'object' && inheritsFlask(project, ref.class))) return true;
  // An app handed in as a parameter has no known type.
  return refs.length === 0 && node.kind === 'Name' && /^(app|application|flask_app|server)$/.test(node.id);
}

function inheritsFlask(project: Project, ref: Parameters<typeof project.resolver.bases>[0]): boolean {
  return project.resolver.bases(ref).library.includes('flask.Flask');
}

/** `<app>.config`, or a name for it. */
export function isConfig(project: Project, node: Expression, site: Site): boolean {
  if (node.kind === 'Attribute' && node.attr.id === 'config') {
    const owner = project.resolver.resolve(node.value, site);
    if (owner.length === 0) return node.value.kind === 'Name' || node.value.kind === 'Attribute';
  }
  return project.resolver
    .resolve(node, site)
    .some((ref) => ref.kind === 'instance' && ref.name === 'flask.Config');
}

/** A class whose attributes are all written in upper case is a configuration: that is how Flask reads one. */
function isConfigClass(project: Project, node: ClassDef, site: Site): boolean {
  const own = [...assignments(node.body)].map(([key]) => key).filter((key) => !key.startsWith('_'));
  const upper = own.filter((key) => key === key.toUpperCase());
  const isShaped = upper.length > 0 && upper.length === own.length && !isEnum(project, node, site);
  return (
    isShaped &&
    /config|setting|^(base|prod|dev|test|local|stag|default|common)/i.test(`${node.name.id} ${site.file}`)
  );
}

/** `DEFAULTS = {"SECRET_KEY": …}`, which goes to `from_mapping` or `update` wherever the app is made. */
function isConfigDict(name: string, node: Expression, file: FilePath): boolean {
  if (node.kind !== 'Dict' || /test|dev|local|example/i.test(name)) return false;
  const keys = node.entries.map(({ key }) => (key === undefined ? undefined : literalText(key)));
  const isShaped = keys.length > 0 && keys.every((key) => key !== undefined && /^[A-Z][A-Z0-9_]*$/.test(key));
  return isShaped && /config|setting|default/i.test(`${name} ${file}`);
}

function isEnum(project: Project, node: ClassDef, site: Site): boolean {
  const ref = { ...site, kind: 'class', node } as const;
  return project.resolver.bases(ref).library.some((name) => name.startsWith('enum.'));
}

function isTestClass(node: ClassDef): boolean {
  if (/test/i.test(node.name.id)) return true;
  return [...assignments(node.body)].some(
    ([key, value]) => key === 'TESTING' && value.kind === 'Constant' && value.value === 'True',
  );
}

/** A module that some `from_object("…")` or `from_pyfile("…")` loads, or that is named for it. */
function isConfigModule(project: Project, file: FilePath): boolean {
  if (/^(.*_)?(config|settings|configuration)\.py$|^(config|settings)_.*\.py$/.test(basename(file)))
    return true;
  return project.configFiles().has(file);
}

function* assignments(body: Body): Generator<[string, Expression]> {
  for (const statement of body) yield* assignment(statement);
}

function* assignment(node: Statement): Generator<[string, Expression]> {
  if (node.kind === 'Assign')
    for (const target of node.targets) if (target.kind === 'Name') yield [target.id, node.value];
  if (node.kind === 'AnnotatedAssign' && node.target.kind === 'Name' && node.value)
    yield [node.target.id, node.value];
  if (node.kind === 'If') {
    yield* assignments(node.body);
    yield* assignments(node.orelse);
  }
  if (node.kind === 'Try')
    yield* assignments([...node.body, ...node.handlers.flatMap((handler) => handler.body)]);
}

function* dictEntries(node: Expression): Generator<[string | undefined, Expression]> {
  if (node.kind === 'Dict')
    for (const entry of node.entries) yield [entry.key ? literalText(entry.key) : undefined, entry.value];
  if (node.kind === 'Call' && node.func.kind === 'Name' && node.func.id === 'dict')
    for (const argument of node.args) if (argument.name) yield [argument.name.id, argument.value];
}
