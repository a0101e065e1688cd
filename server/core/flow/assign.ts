/** Binds values to assignment targets. */
import { KNOWLEDGE, type WriteRow } from '../knowledge/index';
import type { Expression } from '../syntax/python/ast';
import { isList, listElements, withoutElement } from './containers';
import type { Env } from './env';
import { contentKey, evaluate, iterated, pathOf } from './evaluate';
import { listOf } from './foldMethods';
import { keyOf } from './keys';
import { type Frame, placeOf, type WriteHit } from './machine';
import { noteMisuseWrite } from './misuses';
import { ownerNames } from './sources';
import {
  type Contents,
  contentsOf,
  eitherOf,
  join,
  joinTaints,
  stepped,
  taintsOf,
  type Value,
} from './values';

export function assign(target: Expression, value: Value, env: Env, frame: Frame): void {
  switch (target.kind) {
    case 'Name':
      env.set(target.id, stepped(value, placeOf(frame, target), `stored in \`${target.id}\``));
      return;
    case 'Attribute': {
      const owner = evaluate(target.value, env, frame);
      noteWrite(target, owner, `.${target.attr.id}`, value, frame);
      if (target.attr.id === 'data' || target.attr.id === 'response')
        fillResponse(target.value, owner, value, env, frame);
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

/** `response.data = page`: the response carries it from now on. */
function fillResponse(node: Expression, owner: Value, value: Value, env: Env, frame: Frame): void {
  const path = pathOf(node);
  if (path === undefined || !ownerNames(owner, frame).includes('flask.Response')) return;
  const { taints, text } = value;
  env.set(path, { ...owner, taints, text });
}

/** Elements of a container that are told apart when they are written one by one. */
const MAX_ENTRIES = 500;

/** `container[key] = value`: certain for a constant key of a known variable, joined otherwise. */
function assignElement(
  target: Extract<Expression, { kind: 'Subscript' }>,
  value: Value,
  env: Env,
  frame: Frame,
): void {
  const index = evaluate(target.index, env, frame);
  const owner = pathOf(target.value);
  const container = evaluate(target.value, env, frame);
  noteWrite(target, container, '[]', value, frame, index);
  if (owner === undefined) return;
  if (container.contents === undefined) {
    const key = keyOf(target);
    if (key !== undefined) env.set(key, value);
    return;
  }
  const entries = new Map(container.contents.entries);
  const [key] = index.constants ?? [];
  let contents: Contents = container.contents;
  const isOne = key !== undefined && index.constants?.length === 1;
  if (isOne && (entries.size < MAX_ENTRIES || entries.has(contentKey(key)))) {
    entries.set(contentKey(key), value);
    contents = { ...contents, entries };
  } else {
    // Any element may have been the one.
    if (!isOne)
      for (const [name, known] of entries) if (/^[ki]:/.test(name)) entries.set(name, join(known, value));
    const keys = isList(contents) ? undefined : eitherOf(contents.keys, index);
    contents = contentsOf(entries, eitherOf(contents.rest, value), keys);
  }
  env.change(owner, container, { ...container, contents, taints: taintsOf(contents) });
}

/** A write to an attribute or item that is a sink: `message.html = …`, `session[…] = …`. */
function noteWrite(
  target: WriteHit['target'],
  owner: Value,
  suffix: string,
  value: Value,
  frame: Frame,
  key?: Value,
): void {
  if (frame.isSilent) return;
  const owners = ownerNames(owner, frame);
  noteMisuseWrite(
    target,
    owners.map((name) => name + suffix),
    value,
    frame,
  );
  for (const name of owners) {
    const row = KNOWLEDGE.write(name + suffix);
    if (row === undefined) continue;
    const written = partOf(row.part, key, value);
    if (written.taints.length > 0)
      frame.machine.draft.writes.push({ row, path: name + suffix, site: frame.site, target, value: written });
    return;
  }
}

function partOf(part: WriteRow['part'], key: Value | undefined, value: Value): Value {
  if (key === undefined || part === undefined) return value;
  return part === 'key' ? key : { taints: joinTaints([value, key]), refs: [] };
}

function unpack(targets: readonly Expression[], value: Value, env: Env, frame: Frame): void {
  const starIndex = targets.findIndex((target) => target.kind === 'Starred');
  const elements = starIndex < 0 ? undefined : listElements(value.contents);
  targets.forEach((target, index) => {
    if (elements !== undefined) {
      const behind = index - targets.length + elements.length;
      if (target.kind === 'Starred')
        assign(
          target.value,
          listOf(elements.slice(index, index + 1 + elements.length - targets.length)),
          env,
          frame,
        );
      else assign(target, elements[index < starIndex ? index : behind] ?? iterated(value), env, frame);
      return;
    }
    const isBeforeStar = starIndex < 0 || index < starIndex;
    const exact = isBeforeStar ? value.contents?.entries.get(`i:${index}`) : undefined;
    assign(target, exact ?? iterated(value), env, frame);
  });
}

/** `del name`, `del container[key]` */
export function remove(target: Expression, env: Env, frame: Frame): void {
  const path = pathOf(target);
  if (path !== undefined) env.delete(path);
  const owner = target.kind === 'Subscript' ? pathOf(target.value) : undefined;
  if (target.kind !== 'Subscript' || owner === undefined) return;
  const container = evaluate(target.value, env, frame);
  if (container.contents === undefined) return;
  const contents = withoutElement(container.contents, evaluate(target.index, env, frame));
  env.set(owner, { ...container, contents, taints: taintsOf(contents) });
}
