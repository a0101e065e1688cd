/** Makes `Markup(…)` escape the values it is built from: `Markup(f"<b>{x}</b>")` → `Markup("<b>{}</b>").format(x)`.
 *  The literal HTML stays HTML; what is put in is escaped by `Markup.format` and `Markup.__mod__`.
 *  @see https://markupsafe.palletsprojects.com/en/stable/formatting/ */
import type { TextEdit } from '../base/textEdit';
import type { Call, Expression } from '../syntax/python/ast';
import { EditList } from './editList';
import { buildsText, type Hole, type Operand, readFormatted } from './formatted';
import { answer, type Located, type Refusal, refuse } from './outcome';
import { argumentEnd, needsParentheses, sourceFor } from './pythonText';
import type { Atom } from './stringAtoms';
import { rewriteText } from './textRewrite';

export interface MarkupRequest {
  readonly text: string;
  /** The call of `Markup` (or Jinja's, Flask's, Django's function of the same behaviour). */
  readonly call: Located<Call>;
  /** Name under which `markupsafe.escape` can be called; used only where the result says so. */
  readonly escapeName: string;
  /** True for values that are constants: they may hold HTML on purpose and stay unescaped. */
  readonly isConstant?: (expression: Expression) => boolean;
}

export interface MarkupEdits {
  readonly kind: 'edits';
  readonly edits: readonly TextEdit[];
  /** True if the edits call `escapeName`: the caller must see to its import. */
  readonly needsEscape: boolean;
}

export function formatMarkup(request: MarkupRequest): MarkupEdits | Refusal {
  return answer(() => build(request));
}

function build(request: MarkupRequest): MarkupEdits {
  const { text, call } = request;
  const argument = call.node.args[0];
  if (argument === undefined || call.node.args.length > 1)
    refuse('the call has other arguments than the text');
  if (argument.star !== '' || argument.name !== undefined) refuse('the text is passed by name or unpacked');
  const edits = new EditList();
  if (!buildsText(argument.value)) return escaped(request, argument.value, edits);
  const operands = readFormatted(text, [{ node: argument.value, base: call.base }]);
  const only = operands.length === 1 ? operands[0] : undefined;
  const holes = operands.flatMap((one) => one.atoms).filter((atom): atom is Hole => atom.kind === 'hole');
  if (holes.length === 0) refuse('the text is constant');
  const closing = closingOf(text, call, argument.value);
  if (only !== undefined && canMove(only, holes, request)) moveFormatting(text, call, only, closing, edits);
  else writeFormat(request, operands, holes, closing, edits);
  return { kind: 'edits', edits: edits.finish(text), needsEscape: false };
}

/** `Markup(x)` → `escape(x)`. */
function escaped(request: MarkupRequest, value: Expression, edits: EditList): MarkupEdits {
  const { text, call, escapeName } = request;
  if (value.kind === 'String' || value.kind === 'Number') refuse('the text is constant');
  if (request.isConstant?.(value) === true) refuse('the text is constant');
  const { func } = call.node;
  edits.replace(call.base + func.start, call.base + func.end, escapeName);
  return { kind: 'edits', edits: edits.finish(text), needsEscape: true };
}

interface Closing {
  /** From behind the argument to behind the call's `)`. */
  readonly start: number;
  readonly end: number;
}

function closingOf(text: string, call: Located<Call>, value: Expression): Closing {
  const argument = call.node.args[0];
  const start =
    argument === undefined ? call.base + value.end : argumentEnd(text, call.node, call.base, argument);
  return { start, end: call.base + call.node.argsRange.end };
}

/** One text with `%` or `.format` and nothing else: the formatting can move behind the `Markup(…)` as it is. */
function canMove(operand: Operand, holes: readonly Hole[], request: MarkupRequest): boolean {
  return (
    operand.group.kind !== 'plain' &&
    operand.literals.every((literal) => !literal.isFormat) &&
    holes.every((hole) => hole.expression === undefined || request.isConstant?.(hole.expression) !== true)
  );
}

function moveFormatting(
  text: string,
  call: Located<Call>,
  operand: Operand,
  closing: Closing,
  edits: EditList,
): void {
  const removal = operand.group.removal as { readonly start: number; readonly end: number };
  if (closing.start !== removal.end) refuse('parentheses stand around the text');
  rejectComments(text, closing);
  const formatting = text.slice(removal.start, removal.end);
  const isSpread = /^[^([{]*[\r\n]/.test(formatting);
  const isPercent = operand.group.kind === 'percent';
  const wraps = isSpread || (isPercent && isInTightPlace(text, call));
  if (wraps) edits.insert(call.base + call.node.start, '(');
  edits.insert(removal.start, ')');
  edits.replace(closing.start, closing.end, wraps ? ')' : '');
}

/** True if a `%` in place of the call would be read differently there. */
function isInTightPlace(text: string, call: Located<Call>): boolean {
  const after = text.slice(call.base + call.node.end).match(/^[^\S\r\n]*(.)/)?.[1] ?? '';
  const before = text.slice(0, call.base + call.node.start).match(/(\S)[^\S\r\n]*$/)?.[1] ?? '';
  return /[.[(*]/.test(after) || /[%*/@~-]/.test(before);
}

/** Every value becomes an argument of `.format`, in order. */
function writeFormat(
  request: MarkupRequest,
  operands: readonly Operand[],
  holes: readonly Hole[],
  closing: Closing,
  edits: EditList,
): void {
  const { text, call } = request;
  const emitted = new Map<Atom, string>();
  for (const hole of holes) emitted.set(hole, fieldFor(hole));
  rejectComments(text, closing);
  rewriteText(
    text,
    operands,
    {
      emitted,
      dropped: new Set(),
      mapCharacter: (value) => (value === '{' || value === '}' ? value + value : value),
      keepsArguments: false,
    },
    edits,
  );
  const name = text.slice(call.base + call.node.func.start, call.base + call.node.func.end);
  const values = holes.map((hole) => valueFor(request, hole, name));
  edits.insert(closing.end, `.format(${values.join(', ')})`);
}

function fieldFor(hole: Hole): string {
  const conversion = hole.conversion === '' || hole.conversion === 'd' ? '' : `!${hole.conversion}`;
  return `{${conversion}${hole.spec === '' ? '' : `:${hole.spec}`}}`;
}

function valueFor(request: MarkupRequest, hole: Hole, name: string): string {
  const { expression, base, source } = hole;
  if (expression === undefined) return source;
  const isTrusted = request.isConstant?.(expression) === true && expression.kind !== 'Number';
  if (isTrusted && hole.spec === '' && hole.conversion === '') return `${name}(${source})`;
  if (needsParentheses(expression, 'element')) return `(${source})`;
  return sourceFor(request.text, expression, base, 'element');
}

function rejectComments(text: string, { start, end }: Closing): void {
  if (text.slice(start, end).includes('#')) refuse('a comment stands at the end of the call');
}
