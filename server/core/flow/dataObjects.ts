/** Objects whose class says what they hold: data classes, models, named tuples. */
import type { ClassRef } from '../model/refs';
import type { Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Expression } from '../syntax/python/ast';
import type { Arguments } from './calls';
import { constrained, isModel, typedValue } from './declaredTypes';
import { container } from './evaluate';
import type { Frame } from './machine';
import { CLEAN, contentsOf, type Value } from './values';

interface DataField {
  readonly name: string;
  readonly annotation?: Expression;
  readonly value?: Expression;
  readonly where: Site;
}

/** Fields that a class and its bases declare, in the order in which they are given. */
function fieldsOf(ref: ClassRef, { machine }: Frame): readonly DataField[] {
  const fields = new Map<string, DataField>();
  for (const cls of machine.project.resolver.bases(ref).own.toReversed()) {
    const where = { ...cls, owners: [...cls.owners, cls.node] };
    for (const [name, bindings] of scopeOf(cls.node).bindings) {
      const declared = bindings.find(({ kind }) => kind === 'annotation');
      const bound = bindings.find(({ kind }) => kind === 'value');
      const annotation = declared?.kind === 'annotation' ? declared.annotation : undefined;
      const value = bound?.kind === 'value' ? bound.value : undefined;
      if (annotation !== undefined || isField(value)) fields.set(name, { name, annotation, value, where });
    }
  }
  return [...fields.values()];
}

/** Names of the fields of a class, in order. */
export function fieldNames(ref: ClassRef, frame: Frame): readonly string[] {
  return fieldsOf(ref, frame).map(({ name }) => name);
}

/** `attr.ib()`, `attrs.field()` */
function isField(node: Expression | undefined): boolean {
  return node?.kind === 'Call' && node.func.kind === 'Attribute' && /^(?:ib|attrib)$/.test(node.func.attr.id);
}

/** Attributes of a new object, by the arguments that fill its fields; undefined for classes without fields. */
export function fieldEntries(ref: ClassRef, args: Arguments, frame: Frame): Map<string, Value> | undefined {
  const fields = fieldsOf(ref, frame);
  if (fields.length === 0) return undefined;
  const isConverting = isModel(ref, frame);
  const isTuple = frame.machine.project.resolver.bases(ref).library.includes('typing.NamedTuple');
  const entries = new Map<string, Value>();
  fields.forEach(({ name, annotation, value, where }, index) => {
    const given = args.named.get(name) ?? args.positional[index] ?? unpacked(name, args);
    if (given === undefined) return;
    const typed = isConverting && annotation ? typedValue(annotation, given, where, frame) : given;
    const filled = isConverting && value ? constrained(value, typed, where, frame) : typed;
    entries.set(`a:${name}`, filled);
    if (isTuple) entries.set(`i:${index}`, filled);
  });
  return entries;
}

/** What `**` brings for a field; a dict of which only some keys are known may lack it. */
function unpacked(name: string, { spread }: Arguments): Value | undefined {
  if (spread === undefined) return undefined;
  if (spread.contents === undefined) return { taints: spread.taints, refs: [] };
  return spread.contents.entries.get(`k:${name}`) ?? spread.contents.rest;
}

/** `asdict(object)`, `model.model_dump()`: a dict of the fields. */
export function asDict(object: Value | undefined): Value | undefined {
  if (object?.contents === undefined) return undefined;
  const entries = [...object.contents.entries].flatMap(([key, value]): [string, Value][] =>
    key.startsWith('a:') ? [[`k:${key.slice(2)}`, value]] : [],
  );
  return container(contentsOf(new Map(entries), undefined, CLEAN));
}

/** `replace(object, name=value)` */
export function replaced(object: Value | undefined, { named }: Arguments): Value | undefined {
  if (object === undefined) return undefined;
  const entries = new Map(object.contents?.entries);
  for (const [name, value] of named) entries.set(`a:${name}`, value);
  return { ...object, contents: { ...object.contents, entries } };
}
