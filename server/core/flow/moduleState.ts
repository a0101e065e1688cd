/** What functions put into the containers and variables of a module: the module-level value alone would say that
 *  they are as empty as they were at the start. */
import type { FilePath } from '../base/filePath';
import type { BoundName, Project, SharedChange } from '../model/project';
import type { Site } from '../model/scope';
import type { Expression } from '../syntax/python/ast';
import { iterated } from './evaluate';
import type { Registered } from './registries';
import { CLEAN, type Contents, contentsOf, eitherOf, join, taintsOf, type Value } from './values';

/** Changes beyond this number say nothing new. */
export const MAX_CHANGES = 24;

/** Calls that make an empty container. */
const MAKERS = new Set(['dict', 'list', 'set', 'deque', 'defaultdict', 'OrderedDict']);

/** True if a name is bound to what may well be changed later: a container, a text, a number or nothing. */
export function isState(bound: readonly BoundName[]): boolean {
  return bound.every(({ binding }) => binding.kind === 'value' && isPlain(binding.value));
}

function isPlain(node: Expression): boolean {
  switch (node.kind) {
    case 'Dict':
    case 'List':
    case 'Set':
    case 'Constant':
    case 'String':
    case 'Number':
      return true;
    case 'Call': {
      const { func } = node;
      return MAKERS.has(func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '');
    }
    default:
      return false;
  }
}

/** Changes of a module-level name of a file, wherever they are made. */
export function changesOf(project: Project, file: FilePath, name: string): readonly SharedChange[] {
  const changes = project.stateChanges(name).filter(({ receiver, site, way }) => {
    if (way === 'argument') return false;
    if (receiver.kind === 'Attribute') return isModule(project, receiver.value, site, file);
    if (receiver.kind !== 'Name') return false;
    return project.homeOf(site, receiver.id) === file;
  });
  const rebound = project
    .attributeWrites(name)
    .filter(({ receiver, site }) => isModule(project, receiver, site, file))
    .map((write): SharedChange => ({ ...write, way: 'whole' }));
  return [...changes, ...rebound].slice(0, MAX_CHANGES);
}

function isModule(project: Project, node: Expression, site: Site, file: FilePath): boolean {
  return project.resolver.resolve(node, site).some((ref) => ref.kind === 'module' && ref.file === file);
}

/** The value with a function or class in it that a decorator has put there. */
export function withRegistered(change: SharedChange) {
  return (value: Value, { ref, keyName }: Registered): Value =>
    withChange(
      value,
      keyName === undefined ? change : { ...change, key: undefined, keyName },
      { taints: [], refs: [ref] },
      CLEAN,
    );
}

/** The value with one change in it. */
export function withChange(
  value: Value,
  change: SharedChange,
  given: Value,
  keyValue: Value | undefined,
): Value {
  if (change.way === 'whole') return join(value, given);
  const contents: Contents = value.contents ?? { entries: new Map() };
  if (change.way !== 'item') {
    const added = change.way === 'element' ? given : iterated(given);
    const isDict = change.way === 'elements' && given.contents?.keys !== undefined;
    const rest = isDict ? given.contents?.rest : added;
    const entries = isDict
      ? new Map([...contents.entries, ...(given.contents?.entries ?? [])])
      : contents.entries;
    const more = contentsOf(entries, eitherOf(contents.rest, rest), contents.keys);
    return { ...value, constants: undefined, contents: more, taints: taintsOf(more) };
  }
  const key = change.keyName;
  const entries = new Map(contents.entries);
  if (key !== undefined) {
    const known = entries.get(`k:${key}`);
    entries.set(`k:${key}`, known === undefined ? given : join(known, given));
  }
  const isOpen = key === undefined;
  const more = contentsOf(
    entries,
    isOpen ? eitherOf(contents.rest, given) : contents.rest,
    isOpen ? eitherOf(contents.keys, keyValue) : contents.keys,
  );
  return { ...value, constants: undefined, contents: more, taints: taintsOf(more) };
}
