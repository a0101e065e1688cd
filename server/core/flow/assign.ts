/** Binds values to assignment targets. */
import type { Expression } from '../syntax/python/ast';
import type { Env } from './env';
import { contentKey, evaluate, iterated, pathOf } from './evaluate';
import { type Frame, placeOf } from './machine';
import { type Contents, joinAll, joinTaints, stepped, type Value } from './values';

export function assign(target: Expression, value: Value, env: Env, frame: Frame): void {
  switch (target.kind) {
    case 'Name':
      env.set(target.id, stepped(value, placeOf(frame, target), `stored in \`${target.id}\``));
      return;
    case 'Attribute': {
      evaluate(target.value, env, frame);
      const path = pathOf(target);
      if (path !== undefined) env.set(path, stepped(value, placeOf(frame, target), `stored in \`${path}\``));
      return;
    }
    case 'Subscript':
      return assignElement(target, value, env, frame);
    case 'Tuple':
    case 'List':
      return unpack(target.elements, value, env, frame);
    case 'Starred':
      return assign(target.value, { taints: value.taints, refs: [] }, env, frame);
    default:
      return;
  }
}

/** `container[key] = value`: certain for a constant key of a known variable, joined otherwise. */
function assignElement(target: Extract<Expression, { kind: 'Subscript' }>, value: Value, env: Env, frame: Frame): void {
  const index = evaluate(target.index, env, frame);
  const owner = pathOf(target.value);
  const container = evaluate(target.value, env, frame);
  if (owner === undefined) return;
  const path = pathOf(target);
  if (container.contents === undefined) {
    if (path !== undefined) env.set(path, value);
    return;
  }
  const entries = new Map(container.contents.entries);
  const [key] = index.constants ?? [];
  let contents: Contents = container.contents;
  if (key !== undefined && index.constants?.length === 1) {
    entries.set(contentKey(key), value);
    contents = { ...contents, entries };
  } else contents = { entries, rest: contents.rest ? joinAll([contents.rest, value]) : value };
  env.set(owner, { ...container, contents, taints: taintsOf(contents) });
}

export function taintsOf(contents: Contents): Value['taints'] {
  return joinTaints([...contents.entries.values(), ...(contents.rest ? [contents.rest] : [])]);
}

function unpack(targets: readonly Expression[], value: Value, env: Env, frame: Frame): void {
  const starIndex = targets.findIndex((target) => target.kind === 'Starred');
  targets.forEach((target, index) => {
    const isBeforeStar = starIndex < 0 || index < starIndex;
    const exact = isBeforeStar ? value.contents?.entries.get(`i:${index}`) : undefined;
    assign(target, exact ?? iterated(value), env, frame);
  });
}
