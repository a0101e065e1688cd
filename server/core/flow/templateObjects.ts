/** Values that only templates have: macros, namespaces and what an import binds. */
import type { MacroParameter, TemplateBody } from '../syntax/jinja/ast';
import type { Env } from './env';
import { container } from './evaluate';
import { CLEAN, joinAll, type Value } from './values';

/** A macro where it is defined: its file, and what is bound there. The body of a call block is one too. */
export interface Macro {
  readonly node: {
    readonly name: string;
    readonly params: readonly MacroParameter[];
    readonly body: TemplateBody;
  };
  readonly file: string;
  readonly env: Env;
  readonly isClosed: boolean;
}

const macros = new WeakMap<Value, Macro>();

/** A macro as a value. What a macro writes is escaped already, so its result is safe. */
export function macroValue(macro: Macro): Value {
  const value: Value = { taints: [], refs: [{ kind: 'external', name: 'jinja2.macro' }] };
  macros.set(value, macro);
  return value;
}

export function macroOf(value: Value): Macro | undefined {
  return macros.get(value);
}

/** What `namespace(…)` holds. Blocks and loops write to the object that others see, so it is not copied. */
const namespaces = new WeakMap<Value, Map<string, Value>>();

export function namespaceValue(members: ReadonlyMap<string, Value>): Value {
  const value: Value = { ...CLEAN, refs: [{ kind: 'external', name: 'jinja2.namespace()' }] };
  namespaces.set(value, new Map(members));
  return value;
}

export function membersOf(value: Value): ReadonlyMap<string, Value> | undefined {
  return namespaces.get(value);
}

/** `{% set ns.name = value %}`: what was there before may still be. */
export function writeMember(object: Value | undefined, name: string, value: Value): void {
  const members = object === undefined ? undefined : namespaces.get(object);
  const known = members?.get(name);
  members?.set(name, known === undefined ? value : joinAll([known, value]));
}

/** What `{% import "x" as m %}` binds. */
export function importedValue(env: Env): Value {
  return { ...keyed(env.entries()), taints: [] };
}

export function indexed(values: readonly Value[]): Value {
  return container({ entries: new Map(values.map((value, index) => [`i:${index}`, value])) });
}

export function keyed(members: Iterable<readonly [string, Value]>): Value {
  return container({ entries: new Map([...members].map(([name, value]) => [`k:${name}`, value])) });
}
