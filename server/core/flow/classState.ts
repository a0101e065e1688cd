/** Attributes of classes: what their bodies bind, and what code anywhere puts there later. */
import type { Project, SharedChange } from '../model/project';
import type { ClassRef } from '../model/refs';
import { isSameRef } from '../model/refs';
import { inside, type Site } from '../model/scope';
import { type Binding, scopeOf } from '../model/scopes';
import { subclassesOf } from '../model/subclasses';
import { unitFacts } from '../model/unitFacts';
import type { Expression } from '../syntax/python/ast';
import type { Frame } from './machine';
import { MAX_CHANGES } from './moduleState';
import { CLEAN, constant, join, joinAll, type Value } from './values';

interface Evaluation {
  ofBinding(binding: Binding, site: Site): Value;
  ofWrite(value: Expression, receiver: Expression, site: Site): Value;
  /** The value with what code puts into it later. */
  changed(value: Value, changes: readonly SharedChange[]): Value;
}

/** What a name is bound to in a class, for an object that may as well be of a subclass: the nearest binding, those of
 *  subclasses, and what is written from outside. Undefined where that says nothing. */
export function findClassValue(
  project: Project,
  ref: ClassRef,
  attribute: string,
  evaluation: Evaluation,
): Value | undefined {
  const chain = project.resolver.bases(ref).own;
  const binds = ({ node }: ClassRef) => scopeOf(node).bindings.has(attribute);
  const nearest = chain.find(binds);
  if (nearest === undefined) return undefined;
  const heirs = subclassesOf(project, ref);
  const declared = [nearest, ...heirs.filter(binds)].flatMap((cls) => {
    project.bindingsOf(cls.file, (cls.owners[0] ?? cls.node).name.id);
    const bindings = scopeOf(cls.node).bindings.get(attribute) ?? [];
    return bindings
      .filter((binding) => binding.kind !== 'annotation' && !isLibraryField(binding))
      .map((binding) => evaluation.ofBinding(binding, inside(cls, cls.node)));
  });
  if (declared.length === 0) return undefined;
  const classes = [...chain, ...heirs];
  const isOwn = (receiver: Expression, site: Site) =>
    project.resolver.resolve(receiver, site).some((found) => {
      const cls = found.kind === 'object' ? found.class : found;
      return classes.some((one) => isSameRef(one, cls));
    });
  const written = project
    .attributeWrites(attribute)
    .filter(({ receiver, site }) => isOwn(receiver, site))
    .map(({ value, receiver, site }) => evaluation.ofWrite(value, receiver, site));
  const changes = project
    .stateChanges(attribute)
    .filter(
      ({ receiver, site, way }) =>
        way !== 'argument' && receiver.kind === 'Attribute' && isOwn(receiver.value, site),
    )
    .slice(0, MAX_CHANGES);
  const value = evaluation.changed(joinAll([...declared, ...written]), changes);
  return isTelling(value) ? value : undefined;
}

/** `name = db.Column(…)`: nothing of its value is known beyond its type, which the resolver knows. */
function isLibraryField(binding: Binding): boolean {
  return binding.kind === 'value' && binding.value.kind === 'Call' && binding.value.func.kind === 'Attribute';
}

function isTelling({ constants, contents, refs, taints }: Value): boolean {
  if (refs.some(({ kind }) => kind === 'object')) return true;
  return constants !== undefined || contents !== undefined || taints.some(({ last }) => last !== undefined);
}

/** Value of an attribute that a class, the receiver itself or that of the receiver, binds in its body. */
export function classAttribute(receiver: Value, attribute: string, frame: Frame): Value | undefined {
  let found: Value | undefined;
  for (const ref of receiver.refs) {
    const cls = ref.kind === 'object' ? ref.class : ref;
    if (cls.kind !== 'class' || (ref.kind === 'object' && isSetByMethods(cls, attribute, frame))) continue;
    const value = frame.machine.classValue(cls, attribute);
    if (value === undefined) continue;
    const seen = ref.kind === 'class' && isEnum(cls, frame) ? member(cls, attribute, value) : value;
    found = found === undefined ? seen : join(found, seen);
  }
  return found;
}

/** What the body of a class has bound to a name by itself: `B = A + 1`. */
export function ownClassValue(
  name: string,
  { site: { file, tree, owners }, machine }: Frame,
): Value | undefined {
  const node = owners.at(-1);
  if (node?.kind !== 'ClassDef' || !scopeOf(node).bindings.has(name)) return undefined;
  return machine.classValue({ kind: 'class', file, tree, node, owners: owners.slice(0, -1) }, name);
}

/** True when methods store something of that name in their object: it hides what the class binds. */
function isSetByMethods(ref: ClassRef, attribute: string, { machine }: Frame): boolean {
  return machine.project.resolver
    .bases(ref)
    .own.some(({ node, tree }) =>
      unitFacts(tree).selfWrites.some(
        ({ node: { target }, owners }) =>
          target.kind === 'Attribute' && target.attr.id === attribute && owners.at(-2) === node,
      ),
    );
}

function isEnum(ref: ClassRef, { machine }: Frame): boolean {
  return machine.project.resolver.bases(ref).library.some((name) => /^enum\.\w*(Enum|Flag)$/.test(name));
}

/** A member of an enumeration. */
function member(cls: ClassRef, name: string, value: Value): Value {
  const entries = new Map([
    ['a:value', value],
    ['a:name', constant(name)],
  ]);
  return { ...CLEAN, refs: [{ kind: 'object', class: cls }], contents: { entries } };
}
