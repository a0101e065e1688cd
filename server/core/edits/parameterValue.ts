/** Source of the parameter that replaces a hole, or a quoted SQL string with holes, and a name for it. */
import type { Call, Expression } from '../syntax/python/ast';
import { constantText, type Hole } from './formatted';
import { refuse } from './outcome';
import { escapePython, needsParentheses, type Quote } from './pythonText';

/** Literal text and holes inside one pair of SQL quotes. */
export type TemplatePart = string | Hole;

export interface ParameterValue {
  readonly source: string;
  /** True if the value may reach the database as another type than before. */
  readonly isInexact: boolean;
}

/** Value of a hole outside of SQL quotes. `str(…)` and `repr(…)` were only there to make text of it. */
export function bareValue(text: string, hole: Hole, isCount: boolean): ParameterValue {
  rejectEscaped(hole);
  if (hole.spec !== '' && hole.spec !== 'd') return { source: templateSource([hole], '"'), isInexact: true };
  const inner =
    hole.expression === undefined
      ? undefined
      : (callOf(hole.expression, /^(?:str|repr)$/) ?? hole.expression);
  const source = inner === undefined ? hole.source : slice(text, inner, hole.base);
  const isNumber = inner !== undefined && isInteger(inner);
  const wraps = isCount && !isNumber && hole.conversion !== 'd' && hole.spec !== 'd';
  return { source: wraps ? `int(${source})` : wrapped(source, inner), isInexact: false };
}

/** Value of a quoted SQL string: one hole alone, or text round holes. */
export function quotedValue(text: string, parts: readonly TemplatePart[], quote: Quote): ParameterValue {
  const only = parts.length === 1 ? parts[0] : undefined;
  for (const part of parts) if (typeof part !== 'string') rejectEscaped(part);
  if (only === undefined || typeof only === 'string')
    return {
      source: templateSource(
        parts.map((part) => unescaped(text, part)),
        quote,
      ),
      isInexact: false,
    };
  if (only.conversion === 'r' || only.conversion === 'a')
    refuse('the value is put in quotes twice, by !r and by SQL');
  const hole = unescaped(text, only) as Hole;
  if (hole.spec !== '') return { source: templateSource([hole], quote), isInexact: false };
  const isText = hole.expression !== undefined && callOf(hole.expression, /^(?:int|float)$/) !== undefined;
  if (hole.conversion === 's' || hole.conversion === 'd' || isText)
    return { source: `str(${hole.source})`, isInexact: false };
  return { source: wrapped(hole.source, hole.expression), isInexact: false };
}

function wrapped(source: string, expression: Expression | undefined): string {
  return expression !== undefined && needsParentheses(expression, 'element') ? `(${source})` : source;
}

function slice(text: string, node: Expression, base: number): string {
  return text.slice(base + node.start, base + node.end);
}

/** The only argument if the expression is a call of a function of that name. */
function callOf(node: Expression, name: RegExp): Expression | undefined {
  if (node.kind !== 'Call' || node.func.kind !== 'Name' || !name.test(node.func.id)) return undefined;
  const argument = node.args.length === 1 ? node.args[0] : undefined;
  return argument?.star === '' && argument.name === undefined ? argument.value : undefined;
}

function isInteger(node: Expression): boolean {
  if (node.kind === 'Number') return true;
  if (node.kind === 'Binary') return /^(?:[-*]|\/\/)$/.test(node.op);
  return callOf(node, /^(?:int|len|round)$/) !== undefined;
}

/** `x.replace("'", "''")` doubled quotes by hand: a parameter must not have them doubled. */
function unescaped(text: string, part: TemplatePart): TemplatePart {
  if (typeof part === 'string' || part.expression?.kind !== 'Call') return part;
  const { func, args } = part.expression;
  if (func.kind !== 'Attribute' || func.attr.id !== 'replace' || args.length !== 2) return part;
  const [from, to] = args.map((argument) => constantText(argument.value));
  const isDoubling = (from === "'" || from === '"') && to === from + from;
  const isEscaping = (from === "'" || from === '"') && to === `\\${from}`;
  if (isEscaping) refuse('the value is escaped by hand with backslashes');
  return isDoubling ? { ...part, expression: func.value, source: slice(text, func.value, part.base) } : part;
}

const ESCAPING =
  /(?:^|_)(?:escape_string|escape_literal|quote_literal|quote_ident|quote_name|mogrify|adapt)$/;

function rejectEscaped(hole: Hole): void {
  const call = hole.expression;
  if (call?.kind !== 'Call') return;
  const name =
    call.func.kind === 'Attribute' ? call.func.attr.id : call.func.kind === 'Name' ? call.func.id : '';
  const isDriver = name === 'escape' && isDriverObject(call);
  if (ESCAPING.test(name) || isDriver) refuse(`the value is already escaped by ${name}()`);
}

function isDriverObject(call: Call): boolean {
  const object = call.func.kind === 'Attribute' ? call.func.value : undefined;
  const name = object?.kind === 'Name' ? object.id : object?.kind === 'Attribute' ? object.attr.id : '';
  return /conn|cursor|^db$|mysql/i.test(name);
}

/** An f-string, or `"…".format(…)` where an f-string cannot hold the values before Python 3.12. */
export function templateSource(parts: readonly TemplatePart[], preferred: Quote): string {
  const sources = parts.filter((part) => typeof part !== 'string').map(holeSource);
  const quotes: readonly Quote[] = preferred === '"' ? ['"', "'"] : ["'", '"'];
  const quote = quotes.find((one) => sources.every((source) => !source.includes(one)));
  const fits = quote !== undefined && sources.every((source) => !/[\\\r\n#]/.test(source));
  const chosen = quote ?? preferred;
  const body = parts
    .map((part) => {
      if (typeof part === 'string') return escapePython(part, chosen).replace(/[{}]/g, '$&$&');
      const source = fits ? holeSource(part) : '';
      return `{${source.startsWith('{') ? ` ${source}` : source}${formatOf(part)}}`;
    })
    .join('');
  if (fits) return `f${chosen}${body}${chosen}`;
  return `${chosen}${body}${chosen}.format(${sources.join(', ')})`;
}

function holeSource(hole: Hole): string {
  const { expression, source } = hole;
  return expression !== undefined && needsParentheses(expression, 'hole') ? `(${source})` : source;
}

function formatOf({ conversion, spec }: Hole): string {
  const mark = conversion === '' || conversion === 'd' ? '' : `!${conversion}`;
  return mark + (spec === '' ? '' : `:${spec}`);
}

/** Snake-case name for a value: `request.args["user-name"]` → `user_name`, `order.total` → `total`. */
export function nameFor(expression: Expression | undefined, source: string): string {
  const words = (expression === undefined ? sourceWord(source) : word(expression)) ?? 'value';
  const name = words
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .replace(/\W+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return /^[a-z]\w*$/.test(name) ? name : 'value';
}

function sourceWord(source: string): string | undefined {
  return /(\w+)\W*$/.exec(source)?.[1];
}

function word(node: Expression): string | undefined {
  switch (node.kind) {
    case 'Name':
      return node.id;
    case 'Attribute':
      return node.attr.id;
    case 'Subscript':
      return constantText(node.index) ?? word(node.value);
    case 'Call':
      return wordOfCall(node);
    case 'Binary':
      return word(node.left) ?? word(node.right);
    case 'Await':
      return word(node.value);
    default:
      return undefined;
  }
}

function wordOfCall(node: Call): string | undefined {
  const first = node.args[0]?.value;
  const key = first === undefined ? undefined : constantText(first);
  if (node.func.kind === 'Attribute') {
    if (/^(?:get|pop|getlist|get_or_404|getfirst|__getitem__)$/.test(node.func.attr.id) && key) return key;
    return word(node.func.value);
  }
  return first === undefined ? word(node.func) : word(first);
}
