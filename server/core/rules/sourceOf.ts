/** Where the data of a taint came from, as its first step says. */
import { shownName } from '../flow/lambdas';
import type { SinkHit } from '../flow/machine';
import { activeTaints, type Taint } from '../flow/values';
import { LOCAL_LABEL } from '../knowledge/commandLine';
import { enclosingFunction } from '../model/scope';
import type { Expression } from '../syntax/python/ast';
import { isExpression, walk } from '../syntax/python/walk';
import { assignedOnce } from './textParts';

/** The words of the source's row, such as `the uploaded files`. */
export function sourceOf(taint: Taint): string {
  let first = taint.last;
  while (first?.previous !== undefined) first = first.previous;
  return first?.message.replace(/^.* is read from /, '') ?? '';
}

/** A name inside of an archive. */
export function isFromArchive(taint: Taint): boolean {
  return sourceOf(taint) === 'an archive';
}

/** The name, type or content of an uploaded file. */
export function isFromUpload(taint: Taint): boolean {
  return sourceOf(taint) === 'the uploaded files';
}

/** True if a name is a parameter of the function around a sink, or made from one, and what is untrusted there came in through it: the
 *  path of the finding says so, where the value itself is of unknown origin. */
export function cameThrough(hit: SinkHit, node: Expression): boolean {
  const owner = enclosingFunction(hit.site);
  if (node.kind !== 'Name' || owner === undefined) return false;
  const made = assignedOnce(node, hit.site);
  if (made !== node) return walk([made]).some((part) => isExpression(part) && cameThrough(hit, part));
  if (!owner.params.some(({ name }) => name.id === node.id)) return false;
  const message = `passed to \`${shownName(owner)}\` as \`${node.id}\``;
  return activeTaints(hit.value, hit.row.kind).some(({ last }) => {
    for (let step = last; step !== undefined; step = step.previous) if (step.message === message) return true;
    return false;
  });
}

/** Given by whoever starts the program, not by a visitor. */
export function isLocal(taint: Taint): boolean {
  return sourceOf(taint).startsWith(LOCAL_LABEL);
}
