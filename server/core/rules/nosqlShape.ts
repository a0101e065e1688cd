/** What request data does to a MongoDB filter: an object of the visitor's brings operators such as `$ne` along, a
 *  text does not, unless it is run as JavaScript. */
import type { SinkHit } from '../flow/machine';
import { activeTaints, type Step, type Taint, type Value } from '../flow/values';
import type { Dict, Expression } from '../syntax/python/ast';
import type { FileContext } from './context';
import { assignedOnce } from './textParts';

/** Operators whose value is JavaScript. */
const SCRIPTS = new Set(['k:$where', 'k:$function', 'k:$accumulator']);
const MAX_DEPTH = 8;

export function hasOperators(context: FileContext, hit: SinkHit): boolean {
  if (hit.row.effect === 'is run as JavaScript by the database') return true;
  const node = assignedOnce(hit.argument, hit.site);
  if (node.kind === 'Dict') return isDictDangerous(context, hit, node, 0);
  return isDangerous(hit.value, 0) && !isText(node, hit);
}

/** Entry by entry where the filter is written out: there the code says which values are texts. */
function isDictDangerous(context: FileContext, hit: SinkHit, dict: Dict, depth: number): boolean {
  return dict.entries.some(({ key, value: written }) => {
    const node = assignedOnce(written, hit.site);
    const name = key === undefined ? undefined : context.valueOf(hit.site.tree, key);
    const isScript = name?.constants?.some((known) => SCRIPTS.has(`k:${String(known)}`)) === true;
    const value = context.valueOf(hit.site.tree, written);
    if (name?.constants?.every((known) => known === '$eq') === true) return false;
    if (isScript) return value === undefined || activeTaints(value, 'nosql').length > 0;
    if (name !== undefined && name.constants === undefined && activeTaints(name, 'nosql').length > 0)
      return true;
    if (node.kind === 'Dict' && depth < MAX_DEPTH) return isDictDangerous(context, hit, node, depth + 1);
    if (isText(node, hit)) return false;
    const local = value !== undefined && isDangerous(value, depth + 1);
    return local || (value !== undefined && isUnknown(value) && isDangerous(hit.value, depth));
  });
}

function isUnknown(value: Value): boolean {
  return value.contents === undefined && value.taints.some(({ last }) => last === undefined);
}

function isDangerous(value: Value, depth: number): boolean {
  if (value.text !== undefined) return false;
  if (value.contents === undefined || depth > MAX_DEPTH)
    return activeTaints(value, 'nosql').some((taint) => isObject(taint));
  const { entries, rest } = value.contents;
  const isScript = [...entries].some(
    ([key, inner]) => SCRIPTS.has(key) && activeTaints(inner, 'nosql').length > 0,
  );
  const inner = [...entries.values(), ...(rest ? [rest] : [])];
  return isScript || inner.some((one) => isDangerous(one, depth + 1));
}

/** JSON gives objects; a query string or form gives texts, but all of it together is an object as well. */
function isObject(taint: Taint): boolean {
  let first: Step | undefined = taint.last;
  while (first?.previous !== undefined) first = first.previous;
  if (/ is read from the (?:JSON|request) body$/.test(first?.message ?? '')) return true;
  return /(?:^|\.)(?:args|form|values)(?:\.to_dict\([^)]*\)|\.copy\(\))?$/.test(taint.label);
}

const TEXT_METHODS = new Set(
  'strip lstrip rstrip lower upper title casefold capitalize replace format join decode isoformat hexdigest'.split(
    ' ',
  ),
);
const CONVERSIONS = new Set(['str', 'int', 'float', 'bool', 'repr', 'len', 'ObjectId', 'UUID', 'Decimal']);

/** The expression gives a text or a number whatever goes in. */
function isText(written: Expression, hit: SinkHit, depth = 0): boolean {
  const node = assignedOnce(written, hit.site);
  if (depth > MAX_DEPTH) return false;
  switch (node.kind) {
    case 'String':
    case 'Number':
    case 'Constant':
    case 'Comparison':
      return true;
    case 'Binary':
      return node.op === '+' && [node.left, node.right].some((side) => side.kind === 'String');
    case 'Boolean':
      return node.values.every((value) => isText(value, hit, depth + 1));
    case 'Conditional':
      return isText(node.body, hit, depth + 1) && isText(node.orelse, hit, depth + 1);
    case 'Call':
      return node.func.kind === 'Attribute'
        ? TEXT_METHODS.has(node.func.attr.id)
        : node.func.kind === 'Name' && CONVERSIONS.has(node.func.id);
    default:
      return false;
  }
}
