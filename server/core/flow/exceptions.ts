/** Exceptions as sources: what they say is made for developers. They count for what is sent to visitors only. */
import { EXCEPTION_LABEL, TELLING_EXCEPTIONS, TELLING_MODULES } from '../knowledge/exceptions';
import { KNOWLEDGE } from '../knowledge/index';
import type { Site } from '../model/scope';
import type { Expression, FunctionDef, Identifier } from '../syntax/python/ast';
import { type Frame, placeOf } from './machine';
import { ALL_KINDS, kindSet, UNKNOWN, type Value } from './values';

const OTHERS = ALL_KINDS & ~kindSet(['exposure']);

/** What `except TYPE as name` binds. */
export function caughtValue(type: Expression | undefined, name: Identifier, frame: Frame): Value {
  if (type !== undefined && !isTelling(type, frame.site, frame)) return UNKNOWN;
  const place = placeOf(frame, name);
  const owners = frame.site.owners.map((owner) => owner.name.id).join('.');
  const last = { place, message: `\`${name.id}\` is read from ${EXCEPTION_LABEL}`, length: 1 };
  const taint = {
    sourceKey: `!${place.file}:${owners}:${name.id}:${name.start}`,
    label: name.id,
    cleared: OTHERS,
    last,
  };
  return { taints: [...UNKNOWN.taints, taint], refs: [{ kind: 'instance', name: 'builtins.Exception' }] };
}

/** The parameter of a page for errors of every kind: `@app.errorhandler(Exception)`. */
export function handledValue(owner: FunctionDef, site: Site, frame: Frame): Value | undefined {
  const [first] = owner.params;
  for (const { expression } of owner.decorators) {
    if (expression.kind !== 'Call' || expression.func.kind !== 'Attribute') continue;
    const [type] = expression.args;
    if (!/^(?:app_)?errorhandler$/.test(expression.func.attr.id) || type === undefined) continue;
    if (first !== undefined && isTelling(type.value, site, frame))
      return caughtValue(undefined, first.name, frame);
  }
  return undefined;
}

/** True if an exception is in a value: its taint is safe for every other kind, also where a symbol stands for it. */
export function holdsException(value: Value): boolean {
  return value.taints.some(({ cleared, last }) => last !== undefined && (cleared & ALL_KINDS) === OTHERS);
}

function isTelling(type: Expression, site: Site, frame: Frame): boolean {
  if (type.kind === 'Tuple') return type.elements.some((element) => isTelling(element, site, frame));
  return frame.machine.project.resolver.resolve(type, site).some((ref) => {
    if (ref.kind !== 'external') return false;
    const name = KNOWLEDGE.canonical(ref.name);
    return TELLING_EXCEPTIONS.has(name) || TELLING_MODULES.test(name);
  });
}
