/** What a name can stand for, as far as it is known. */
import type { FilePath } from '../base/filePath';
import { KNOWLEDGE } from '../knowledge/index';
import type { ClassDef, FunctionDef, UnitTree } from '../syntax/python/ast';
import type { Owners } from './unitFacts';

export type Ref = ExternalRef | InstanceRef | ModuleRef | FunctionRef | ClassRef | ObjectRef;

/** Something of a library, by its canonical dotted name: a module, function, class, method or object. */
export interface ExternalRef {
  readonly kind: 'external';
  readonly name: string;
}

/** An object of a library's class. */
export interface InstanceRef {
  readonly kind: 'instance';
  readonly name: string;
}

/** A module of the project. */
export interface ModuleRef {
  readonly kind: 'module';
  readonly file: FilePath;
}

export interface FunctionRef {
  readonly kind: 'function';
  readonly file: FilePath;
  readonly tree: UnitTree;
  readonly node: FunctionDef;
  readonly owners: Owners;
  /** The function itself, as its decorators get it; or in its stead something that tells what it is called with. */
  readonly role?: 'undecorated' | 'probe';
}

export interface ClassRef {
  readonly kind: 'class';
  readonly file: FilePath;
  readonly tree: UnitTree;
  readonly node: ClassDef;
  readonly owners: Owners;
}

/** An object of a class of the project. */
export interface ObjectRef {
  readonly kind: 'object';
  readonly class: ClassRef;
}

/** Equal keys mean the same thing. */
export function refKey(ref: Ref): string {
  switch (ref.kind) {
    case 'external':
    case 'instance':
      return `${ref.kind}:${ref.name}`;
    case 'module':
      return `module:${ref.file}`;
    case 'function':
      return ref.role === undefined ? definitionKey(ref) : `${ref.role} ${definitionKey(ref)}`;
    case 'class':
      return definitionKey(ref);
    case 'object':
      return `object:${refKey(ref.class)}`;
  }
}

const definitionKeys = new WeakMap<object, string>();

function definitionKey({ kind, file, node, owners }: FunctionRef | ClassRef): string {
  let key = definitionKeys.get(node);
  if (key === undefined) {
    key = `${kind}:${file}:${node.name.id}:${owners.map((owner) => owner.name.id).join('.')}`;
    definitionKeys.set(node, key);
  }
  return key;
}

/** Dotted name of what the project defines: folders, module, classes and functions around it, its own name. */
export function definitionName({ file, node, owners }: FunctionRef | ClassRef): string {
  const module = file.replace(/(?:\/__init__)?\.pyw?$/, '').replaceAll('/', '.');
  return [module, ...owners.map((owner) => owner.name.id), node.name.id].join('.');
}

/** Names under which rows speak of it: of a library, or of the user about the project. */
export function rowNames(refs: readonly Ref[]): readonly string[] {
  return refs.flatMap((ref) => {
    if (ref.kind === 'external') return [KNOWLEDGE.canonical(ref.name)];
    if (!KNOWLEDGE.hasOwnNames || (ref.kind !== 'function' && ref.kind !== 'class')) return [];
    const name = KNOWLEDGE.ownName(definitionName(ref));
    return name === undefined ? [] : [name];
  });
}

/** Keeps one of each, in order; at most `MAX_REFS`, since more than a few say nothing. */
export function uniqueRefs(refs: readonly Ref[]): readonly Ref[] {
  if (refs.length < 2) return refs;
  const unique: Ref[] = [];
  for (const ref of refs) {
    if (unique.length === MAX_REFS) break;
    if (!unique.some((known) => isSameRef(known, ref))) unique.push(ref);
  }
  return unique.length === refs.length ? refs : unique;
}

/** The union of two lists that have no doubles; the first one itself when the second adds nothing. */
export function joinRefs(a: readonly Ref[], b: readonly Ref[]): readonly Ref[] {
  if (a === b || b.length === 0) return a;
  if (a.length === 0) return b;
  if (b.every((ref) => a.some((known) => isSameRef(known, ref)))) return a;
  return uniqueRefs([...a, ...b]);
}

/** The same as equal keys, without making them: most comparisons end at the first difference. */
export function isSameRef(a: Ref, b: Ref): boolean {
  if (a === b) return true;
  switch (a.kind) {
    case 'external':
    case 'instance':
      return b.kind === a.kind && b.name === a.name;
    case 'module':
      return b.kind === 'module' && b.file === a.file;
    case 'function':
      return b.kind === 'function' && a.role === b.role && isSameDefinition(a, b);
    case 'class':
      return b.kind === 'class' && isSameDefinition(a, b);
    case 'object':
      return b.kind === 'object' && isSameDefinition(a.class, b.class);
  }
}

function isSameDefinition(a: FunctionRef | ClassRef, b: FunctionRef | ClassRef): boolean {
  return a.node === b.node || definitionKey(a) === definitionKey(b);
}

const MAX_REFS = 6;
