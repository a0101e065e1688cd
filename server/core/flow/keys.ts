/** Expressions as keys of the environment: paths, and calls without effect whose arguments are literal. */
import type { Call, Expression } from '../syntax/python/ast';
import { pathOf } from './evaluate';

/** Methods that change nothing and give the same again. */
const PURE_METHODS = new Set(
  'get getlist strip lstrip rstrip lower upper casefold title split rsplit splitlines partition rpartition replace resolve absolute as_posix encode decode removeprefix removesuffix'.split(
    ' ',
  ),
);
const PURE_FUNCTIONS = new Set(
  'str int float Path PurePath realpath abspath normpath basename dirname splitext urlparse urlsplit unquote secure_filename'.split(
    ' ',
  ),
);

const keys = new WeakMap<Expression, string | null>();

/** Starts with the path of what it is about, so that it is forgotten when that changes. */
export function keyOf(node: Expression): string | undefined {
  if (node.kind === 'Name') return node.id;
  if (node.kind !== 'Attribute' && node.kind !== 'Subscript' && node.kind !== 'Call') return undefined;
  const known = keys.get(node);
  if (known !== undefined) return known ?? undefined;
  if (isLongChain(node)) return undefined;
  const key = pathOf(node) ?? makeKey(node);
  keys.set(node, key ?? null);
  return key;
}

const MAX_LINKS = 60;

/** `a.b().c()…` with more links than anybody writes. */
function isLongChain(node: Expression): boolean {
  let current = node;
  for (let nLinks = 0; nLinks < MAX_LINKS; nLinks++)
    if (current.kind === 'Call')
      current = current.func.kind === 'Name' ? (current.args[0]?.value ?? current.func) : current.func;
    else if (current.kind === 'Attribute' || current.kind === 'Subscript') current = current.value;
    else return false;
  return true;
}

function makeKey(
  node: Extract<Expression, { kind: 'Attribute' | 'Subscript' | 'Call' }>,
): string | undefined {
  if (node.kind === 'Call') return callKey(node);
  const base = keyOf(node.value);
  if (base === undefined) return undefined;
  if (node.kind === 'Attribute') return `${base}.${node.attr.id}`;
  const index = literalText(node.index);
  return index === undefined ? undefined : `${base}[${index}]`;
}

function callKey(node: Call): string | undefined {
  const { func } = node;
  if (node.args.some(({ star }) => star !== '')) return undefined;
  if (func.kind === 'Attribute' && PURE_METHODS.has(func.attr.id)) {
    const base = keyOf(func.value);
    const args = base === undefined ? undefined : argumentsText(node.args);
    if (args !== undefined) return `${base}.${func.attr.id}(${args})`;
  }
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
  const [first, ...others] = node.args;
  if (first === undefined || !PURE_FUNCTIONS.has(name)) return undefined;
  const base = keyOf(first.value);
  const args = base === undefined ? undefined : argumentsText(others);
  return args === undefined ? undefined : `${base}.|${name}|(${args})`;
}

function argumentsText(args: Call['args']): string | undefined {
  const texts = args.map(({ name, value }) => {
    const text = literalText(value);
    return text === undefined ? undefined : `${name?.id ?? ''}=${text}`;
  });
  return texts.every((text) => text !== undefined) ? texts.join(',') : undefined;
}

function literalText(node: Expression): string | undefined {
  if (node.kind === 'Number') return String(node.value);
  if (node.kind === 'Constant') return node.value;
  if (node.kind === 'Unary') {
    const operand = node.operand.kind === 'Number' ? literalText(node.operand) : undefined;
    return operand === undefined ? undefined : node.op + operand;
  }
  // `type=int`
  if (node.kind === 'Name') return TYPES.has(node.id) ? node.id : undefined;
  if (node.kind !== 'String') return undefined;
  const pieces = node.tokens.flatMap((token) => token.pieces);
  return pieces.every((piece) => piece.kind === 'Text')
    ? JSON.stringify(pieces.map((piece) => (piece.kind === 'Text' ? piece.value : '')).join(''))
    : undefined;
}

const TYPES = new Set(['int', 'float', 'str', 'bool']);
