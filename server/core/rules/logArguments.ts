/** Which arguments of a logging call go into the log as they are, line breaks included. */
import { constantText } from '../edits/formatted';
import type { SinkHit } from '../flow/machine';
import { activeTaints, type Step, type Taint, type Value } from '../flow/values';
import type { Argument, Call, Expression, HolePiece, StringPiece } from '../syntax/python/ast';
import type { FileContext } from './context';
import { cameThrough } from './sourceOf';
import { assignedOnce } from './textParts';

export interface LogArgument {
  readonly argument: Argument;
  /** Its number among the values for the message; -1 for the message itself. */
  readonly valueIndex: number;
}

/** Conversions whose result has no line break in it. */
const ONE_LINE = /[radiouxXeEfFgGc]/;
const CONVERSION = /%(?:\(\w+\))?[#0\- +]*(?:\*|\d+)?(?:\.(?:\*|\d+))?[hlL]?([a-zA-Z%])/g;

/** Positional arguments that bring request data into the message unescaped. */
export function rawArguments(context: FileContext, hit: SinkHit): readonly LogArgument[] {
  if (!canBreak(hit.value) || isCollection(hit.value)) return [];
  const { args } = hit.call;
  const messageIndex = hit.callee.endsWith('.log') ? 1 : 0;
  const message = args[messageIndex];
  if (message === undefined || message.star !== '') return [];
  const format = constantText(assignedOnce(message.value, hit.site));
  const conversions = [...(format ?? '').matchAll(CONVERSION)]
    .map((match) => match[1] as string)
    .filter((letter) => letter !== '%');
  return args.slice(messageIndex).flatMap((argument, index) => {
    const valueIndex = index - 1;
    if (argument.name !== undefined || argument.star !== '') return [];
    const conversion = valueIndex < 0 ? undefined : conversions[valueIndex];
    if (conversion !== undefined && ONE_LINE.test(conversion)) return [];
    return isRaw(context, hit, argument.value) ? [{ argument, valueIndex }] : [];
  });
}

/** True if the value brings request data along and nothing on the way has taken the line breaks out. */
function isRaw(context: FileContext, hit: SinkHit, node: Expression): boolean {
  const value = context.valueOf(hit.site.tree, node);
  if (value === undefined) return node === hit.argument;
  if (isCollection(value)) return false;
  const isReached = canBreak(value) || (value.constants === undefined && cameThrough(hit, node));
  // Flows from a caller are not known here: the engine has seen one, in its first tainted argument.
  const isCallers = node === hit.argument && !isReached && value.constants === undefined;
  return (isReached || isCallers) && !isOneLine(context, hit, node);
}

/** Collections write their elements as Python would: in quotes, with `\\n` for a line break. */
function isCollection({ contents, refs }: Value): boolean {
  const isOfProject = refs.some(({ kind }) => kind === 'object');
  return (
    (contents !== undefined && !isOfProject) ||
    refs.some((ref) => ref.kind === 'instance' && ref.name === 'werkzeug.datastructures.MultiDict')
  );
}

/** Servers let no line break through in a header. Cookies are another matter: their values are unquoted. */
const HEADER = / is read from the (?:request headers|request environment|\S+ header)$/;

function canBreak(value: Value): boolean {
  return activeTaints(value, 'log').some((taint) => !HEADER.test(sourceMessage(taint)));
}

function sourceMessage({ last }: Taint): string {
  let step: Step | undefined = last;
  while (step?.previous !== undefined) step = step.previous;
  return step?.message ?? '';
}

function isOneLine(context: FileContext, hit: SinkHit, written: Expression): boolean {
  const node = assignedOnce(written, hit.site);
  if (node.kind === 'String')
    return node.tokens
      .flatMap((token) => token.pieces)
      .filter(isHole)
      .every((hole) => isOneLineHole(context, hit, hole));
  if (node.kind === 'Call')
    return (
      isLineRemover(node.func, node.args) ||
      isInteger(node.func) ||
      quotesFields(node.func) ||
      isTextOfCollection(context, hit, node)
    );
  if (node.kind === 'Binary' && node.op === '%' && node.left.kind === 'String') {
    const fields = [...(constantText(node.left) ?? '%s').matchAll(FIELD)].filter(
      ([, , type]) => type !== '%',
    );
    const isClean = ([, key, type = '']: readonly string[], index: number) => {
      const value = formatted(node.right, key ?? index);
      return ONE_LINE.test(type) || (value !== undefined && !isRaw(context, hit, value));
    };
    return fields.length > 0 && fields.every(isClean);
  }
  if (node.kind === 'Binary' && node.op === '+')
    return [node.left, node.right].every((side) => !isRaw(context, hit, side) || side === hit.argument);
  if (node.kind === 'Subscript' && node.value.kind === 'Call') return isSplit(node.value.func);
  return false;
}

/** `dict(request.args)`, `str(dict(request.args))` */
function isTextOfCollection(context: FileContext, hit: SinkHit, { func, args }: Call): boolean {
  const [only, ...others] = args;
  if (func.kind !== 'Name' || only === undefined || others.length > 0) return false;
  if (/^(?:dict|list|tuple|set)$/.test(func.id)) return true;
  const value = context.valueOf(hit.site.tree, only.value);
  if (func.id !== 'str' || value === undefined) return false;
  return isCollection(value) || (only.value.kind === 'Call' && isTextOfCollection(context, hit, only.value));
}

const FIELD = /%(?:\((\w+)\))?[-+ #0]*\d*(?:\.\d+)?([a-zA-Z%])/g;

/** The value of a field of `text % values`. */
function formatted(values: Expression, key: string | number): Expression | undefined {
  if (values.kind === 'Tuple') return typeof key === 'number' ? values.elements[key] : undefined;
  if (values.kind !== 'Dict') return key === 0 ? values : undefined;
  return values.entries.find((entry) => entry.key !== undefined && constantText(entry.key) === key)?.value;
}

function isOneLineHole(context: FileContext, hit: SinkHit, hole: HolePiece): boolean {
  if (hole.conversion === 'r' || hole.conversion === 'a') return true;
  if (hole.spec?.some((piece) => piece.kind === 'Text' && /[bcdeEfFgGnoxX%]$/.test(piece.value))) return true;
  return !isRaw(context, hit, hole.expression);
}

function isHole(piece: StringPiece): piece is HolePiece {
  return piece.kind === 'Hole';
}

/** `x.replace("\n", …)`, also as a link of a chain. */
function isLineRemover(func: Expression, args: readonly Argument[]): boolean {
  if (func.kind !== 'Attribute') return false;
  const [first] = args;
  const removed = first === undefined ? undefined : constantText(first.value);
  if (func.attr.id === 'replace' && removed !== undefined && /[\r\n]/.test(removed)) return true;
  return func.value.kind === 'Call' && isLineRemover(func.value.func, func.value.args);
}

/** `"… {!r} …".format(x)`: every field is quoted or a number. */
function quotesFields(func: Expression): boolean {
  if (func.kind !== 'Attribute' || func.attr.id !== 'format') return false;
  const fields = [...(constantText(func.value) ?? '{}').replace(/\{\{|\}\}/g, '').matchAll(/\{([^{}]*)\}/g)];
  return fields.every(([, field]) => /(![ra]|:[^}]*[bcdeEfFgGnoxX%])$/.test(field ?? ''));
}

function isSplit(func: Expression): boolean {
  return func.kind === 'Attribute' && /^(splitlines|split)$/.test(func.attr.id);
}

function isInteger(func: Expression): boolean {
  return func.kind === 'Name' && /^(int|float|len|repr|ascii)$/.test(func.id);
}
