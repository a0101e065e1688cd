/** Puts a call such as `shlex.quote(…)` round values that go into a text, wherever the text is put together. */
import type { Expression } from '../syntax/python/ast';
import { takeOut } from './concatenation';
import { EditList } from './editList';
import { buildsText, type Hole, type Operand, readFormatted, type TextPart } from './formatted';
import { answer, type Edits, type Refusal, refuse } from './outcome';
import type { Atom, CharAtom } from './stringAtoms';

export interface WrapRequest {
  readonly text: string;
  readonly parts: readonly TextPart[];
  /** How the file names the function. */
  readonly wrapper: string;
  /** A function around that one where the value is added with `+`: what `escape` gives would escape the rest, too. */
  readonly operandWrapper?: string | undefined;
  readonly mustWrap: (expression: Expression) => boolean;
  /** What a value is put together from elsewhere, where it holds text that must stay as it is; undefined: it holds none. */
  readonly piecesOf?: (expression: Expression, base: number) => readonly TextPart[] | undefined;
  /** The function brings quotes of its own: those round the value in the text go. */
  readonly replacesQuotes?: boolean;
  /** The function was called for it already: only the quotes round it are too many. */
  readonly isWrapped?: (expression: Expression) => boolean;
}

export function wrapValues(request: WrapRequest): Edits | Refusal {
  return answer(() => {
    const edits = new EditList();
    const wrapped = new Set<number>();
    wrapParts(request, request.parts, edits, wrapped);
    if (wrapped.size === 0) refuse('the value comes from another function');
    return { kind: 'edits' as const, edits: edits.finish(request.text) };
  });
}

function wrapParts(
  request: WrapRequest,
  parts: readonly TextPart[],
  edits: EditList,
  wrapped: Set<number>,
): void {
  const { text, mustWrap } = request;
  const operands = readFormatted(text, parts);
  const atoms = operands.flatMap((operand) => operand.atoms);
  const gone = new Set<Atom>();
  atoms.forEach((atom, index) => {
    if (atom.kind !== 'hole') return;
    if (atom.expression === undefined) refuse('a value is a part of what is formatted');
    const isWrapped = request.isWrapped?.(atom.expression) === true;
    if (!isWrapped && !mustWrap(atom.expression)) return;
    if (atom.spec !== '' || (atom.conversion !== '' && atom.conversion !== 's'))
      refuse('a value is formatted in a special way');
    const isBare = request.replacesQuotes === true && removeQuotes(atoms, index, gone);
    const start = atom.base + atom.expression.start;
    if (wrapped.has(start) || (isWrapped && !isBare)) return;
    wrapped.add(start);
    if (isWrapped) return;
    const joined = joinedItems(atom.expression);
    const pieces = joined === undefined ? piecesIn(request, atom.expression, atom.base) : undefined;
    if (joined !== undefined) wrapJoined(request, joined, atom.base, edits, wrapped);
    else if (pieces === undefined) wrapOne(request, atom, atom.expression, edits);
    else wrapPieces(request, pieces, edits, wrapped);
  });
  for (const { start, end } of gone) edits.remove(start, end);
  const isEmptied = ({ literals, atoms: own, part }: Operand) =>
    literals.length === 1 &&
    own.length > 0 &&
    own.every((atom) => gone.has(atom)) &&
    operands.some((other) => other.part === part && other.literals.length === 0);
  takeOut(text, operands, new Set(operands.filter(isEmptied)), edits);
}

function piecesIn(request: WrapRequest, node: Expression, base: number): readonly TextPart[] | undefined {
  if (node.kind === 'Conditional' && (buildsText(node.body) || buildsText(node.orelse)))
    return [node.body, node.orelse].map((branch) => ({ node: branch, base }));
  return request.piecesOf?.(node, base);
}

function wrapPieces(
  request: WrapRequest,
  pieces: readonly TextPart[],
  edits: EditList,
  wrapped: Set<number>,
): void {
  const nBefore = wrapped.size;
  wrapParts(request, pieces, edits, wrapped);
  if (wrapped.size === nBefore) refuse('the value holds text of your own');
}

function wrapOne({ wrapper, operandWrapper }: WrapRequest, hole: Hole, node: Expression, edits: EditList) {
  const outer = hole.origin === 'operand' && operandWrapper !== undefined ? [operandWrapper] : [];
  const calls = [...outer, wrapper];
  edits.insert(hole.base + node.start, calls.map((name) => `${name}(`).join(''));
  edits.insert(endOf(hole, node), ')'.repeat(calls.length));
}

/** What `"…".join(items)` puts together: the whole would be one value, with the text between escaped as well. */
export function joinedItems(node: Expression): Expression | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Attribute' || node.func.attr.id !== 'join')
    return undefined;
  const [items, ...others] = node.args;
  const isPlain = node.func.value.kind === 'String' && items?.star === '' && others.length === 0;
  return isPlain ? items.value : undefined;
}

function wrapJoined(
  request: WrapRequest,
  items: Expression,
  base: number,
  edits: EditList,
  wrapped: Set<number>,
): void {
  const elements =
    items.kind === 'Comprehension' && items.form !== 'dict'
      ? [items.element]
      : items.kind === 'List' || items.kind === 'Tuple'
        ? items.elements
        : undefined;
  if (elements !== undefined) {
    const nBefore = wrapped.size;
    const parts = elements.map((node) => ({ node, base }));
    // What is joined is a text whether the escaped values are texts or not, unless they are added up.
    const isSum = elements.some(({ kind }) => kind === 'Binary');
    const inner = isSum ? request : { ...request, operandWrapper: undefined };
    wrapParts(inner, parts, edits, wrapped);
    // Variables of a comprehension have no value that is known outside of it.
    if (wrapped.size === nBefore) wrapParts({ ...inner, mustWrap: () => true }, parts, edits, wrapped);
    return;
  }
  const pieces = request.piecesOf?.(items, base);
  if (pieces !== undefined)
    return wrapPieces({ ...request, operandWrapper: undefined }, pieces, edits, wrapped);
  edits.insert(base + items.start, `map(${request.wrapper}, `);
  edits.insert(base + items.end, ')');
}

function endOf(hole: Hole, expression: Expression): number {
  return hole.base + expression.end;
}

/** `'…'` or `"…"` directly round a hole goes; a value with other text inside the same quotes is left to a person.
 *  False when there are none. */
function removeQuotes(atoms: readonly Atom[], index: number, gone: Set<Atom>): boolean {
  const quote = openQuoteBefore(atoms, index);
  if (quote === undefined) return false;
  const next = atoms[index + 1];
  const isDirect = atoms[index - 1] === quote && next?.kind === 'char' && next.value === quote.value;
  if (!isDirect || next.kind !== 'char') refuse('the value stands inside quotes together with other text');
  gone.add(quote).add(next);
  return true;
}

/** The quote that is open at a hole, as a POSIX shell reads the text. */
function openQuoteBefore(atoms: readonly Atom[], index: number): CharAtom | undefined {
  let open: CharAtom | undefined;
  let isEscaped = false;
  for (const atom of atoms.slice(0, index)) {
    if (isEscaped || atom.kind !== 'char') {
      isEscaped = false;
      continue;
    }
    if (atom.value === '\\' && open?.value !== "'") isEscaped = true;
    else if (open === undefined && (atom.value === "'" || atom.value === '"')) open = atom;
    else if (open?.value === atom.value) open = undefined;
  }
  return open;
}
