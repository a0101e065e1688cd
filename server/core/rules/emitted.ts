/** What an expression writes out as it is: the values in a text that is put together, the elements of a display.
 *  What goes through another function (`len`, `bool`, a hash, a mask) is something else afterwards. */

import { secrecyOf } from '../knowledge/sensitiveNames';
import { WHOLE, type WholeRow } from '../knowledge/wholeRequests';
import type { Site } from '../model/scope';
import { originOf } from '../model/valueOrigin';
import type { Expression, HolePiece } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { writtenName } from './literals';
import { isWording, namesSecret } from './secretText';
import { assignedOnce } from './textParts';
import type { UnitContext } from './unitContext';

export interface Emitted {
  readonly node: Expression;
  /** Key or keyword it is written under. */
  readonly key?: string;
  /** Set when it is the whole of a hole in an f-string. */
  readonly hole?: HolePiece;
}

export type Disclosure =
  | { readonly kind: 'name'; readonly name: string; readonly isVague: boolean }
  | { readonly kind: 'whole'; readonly row: WholeRow };

/** Functions that show what they are given. */
const SHOWING = /^(?:str|repr|dict|vars|dumps|pformat|format|ascii|jsonify|escape|to_dict|copy)$/;

export function emittedBy(node: Expression, key?: string, hole?: HolePiece): readonly Emitted[] {
  switch (node.kind) {
    case 'String':
      return node.tokens
        .flatMap((token) => token.pieces)
        .flatMap((piece) => (piece.kind === 'Hole' ? emittedBy(piece.expression, undefined, piece) : []));
    case 'Binary':
      if (node.op === '%') return emittedBy(node.right);
      return node.op === '+' ? [node.left, node.right].flatMap((side) => emittedBy(side, key)) : [];
    case 'Tuple':
    case 'List':
    case 'Set':
      return node.elements.flatMap((element) => emittedBy(element));
    case 'Dict':
      return node.entries.flatMap((entry) => emittedBy(entry.value, entry.key && literalText(entry.key)));
    case 'Conditional':
      return [node.body, node.orelse].flatMap((arm) => emittedBy(arm, key));
    case 'Boolean':
      return node.values.flatMap((value) => emittedBy(value, key));
    case 'Call': {
      if (writtenName(node) !== undefined) return [{ node, key, hole }];
      const { func } = node;
      const callee = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
      if (!SHOWING.test(callee)) return [{ node, hole }];
      const inside = node.args.flatMap(({ value, name }) => emittedBy(value, name?.id ?? key));
      return node.args.length === 0 && func.kind === 'Attribute' ? emittedBy(func.value, key) : inside;
    }
    case 'Name':
    case 'Attribute':
    case 'Subscript':
      return [{ node, key, hole }];
    default:
      return [];
  }
}

/** What somebody who reads it learns; undefined when it gives nothing away. */
export function disclosureOf({ node, key }: Emitted, site: Site, unit: UnitContext): Disclosure | undefined {
  if (isLabel(node, site, unit)) return undefined;
  const known = byName(key, node) ?? wholeOf(node, site, unit);
  if (known !== undefined) return known;
  const value = assignedOnce(node, site);
  return value === node || (value.kind === 'Call' && writtenName(value) === undefined && !isWholeCall(value))
    ? undefined
    : (byName(undefined, value) ?? wholeOf(value, site, unit));
}

/** A member of a class that holds names: `LoginMethod.PASSWORD`, `ConfigKey.SECRET_KEY`. */
export function isLabel(node: Expression, site: Site, unit: UnitContext): boolean {
  const name = node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : '';
  if (!/^[A-Z][A-Z0-9_]*$/.test(name)) return false;
  if (
    node.kind === 'Attribute' &&
    !unit.resolve(node.value, site.owners).some(({ kind }) => kind === 'class')
  )
    return false;
  const origin = originOf(unit.project, node, site);
  const text = origin.kind === 'literal' ? literalText(origin.node) : undefined;
  return (
    text !== undefined && (namesSecret(text) || isWording(text) || text.startsWith('/') || isWord(node, text))
  );
}

/** Words that name something; a lone constant of one word may be a password. */
function isWord(node: Expression, text: string): boolean {
  return node.kind === 'Attribute' && /^[A-Za-z_-]+$/.test(text);
}

function isWholeCall(node: Expression): boolean {
  return (
    node.kind === 'Call' && node.func.kind === 'Attribute' && /^get_(?:json|data)$/.test(node.func.attr.id)
  );
}

function byName(key: string | undefined, node: Expression): Disclosure | undefined {
  const written = writtenName(node);
  if (written === undefined) return undefined;
  for (const name of [written, key]) {
    const secrecy = name === undefined ? undefined : secrecyOf(name);
    if (name !== undefined && secrecy !== undefined)
      return { kind: 'name', name, isVague: secrecy === 'vague' };
  }
  return undefined;
}

/** The whole form, all headers, the configuration. */
function wholeOf(node: Expression, site: Site, unit: UnitContext): Disclosure | undefined {
  const inner =
    node.kind === 'Call' && /^(?:get_json|get_data|to_dict|copy)$/.test(calleeOf(node)) ? node.func : node;
  if (inner.kind !== 'Attribute' && inner.kind !== 'Name') return undefined;
  const suffix = inner === node ? '' : '()';
  for (const ref of unit.resolve(inner, site.owners)) {
    const row =
      'name' in ref
        ? (WHOLE.get(ref.name + suffix) ?? WHOLE.get(ref.name.replace(/\.(?:to_dict|copy)$/, '')))
        : undefined;
    if (row !== undefined) return { kind: 'whole', row };
  }
  return undefined;
}

function calleeOf(node: Extract<Expression, { kind: 'Call' }>): string {
  return node.func.kind === 'Attribute' ? node.func.attr.id : '';
}
