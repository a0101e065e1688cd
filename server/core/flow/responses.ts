/** What a view sends: a text it returns is HTML unless the view says otherwise.
 *  @see https://flask.palletsprojects.com/en/stable/quickstart/#about-responses */
import type { SinkRow } from '../knowledge/library';
import type { Ref } from '../model/refs';
import type { Call, Expression, Return } from '../syntax/python/ast';
import type { Arguments } from './calls';
import { listElements } from './containers';
import type { Env } from './env';
import { evaluate, pathOf } from './evaluate';
import { holdsException } from './exceptions';
import { noteLocationReturned } from './locations';
import type { Frame } from './machine';
import { cleared, kindSet, type Value } from './values';

/** Name of the sink that a view's `return` is. */
export const RETURNED = 'return';

const RESPONSE: SinkRow = {
  kind: 'html',
  argument: { position: 0 },
  effect: 'is sent to the browser as HTML',
};

export const RESPONSE_MAKERS: ReadonlySet<string> = new Set(['flask.make_response', 'flask.Response']);

/** Notes what a view returns, when that can be HTML. */
export function noteResponse(node: Return, value: Value, env: Env, frame: Frame): void {
  if (frame.isSilent || node.value === undefined || frame.view === undefined) return;
  // A resource sends what it returns as JSON, unless it makes the response itself.
  if (!frame.view.sendsHtml && !value.refs.some(isResponse)) return;
  if (node.value.kind === 'Tuple') {
    const [, ...others] = node.value.elements;
    const values = others.map((_, index) => value.contents?.entries.get(`i:${index + 1}`));
    noteLocationReturned(others, values, frame);
  }
  const body = bodyOf(node.value, value, env, frame);
  if (body === undefined || body.value.taints.length === 0 || isJson(body.value)) return;
  const { start, end } = body.argument;
  const call: Call =
    body.argument.kind === 'Call'
      ? body.argument
      : { kind: 'Call', start, end, func: body.argument, args: [], argsRange: { start, end } };
  frame.machine.draft.hits.push({
    row: RESPONSE,
    callee: RETURNED,
    site: frame.site,
    call,
    isTyped: true,
    ...body,
  });
}

/** A view sends what it returns, as text or as JSON. An exception itself is no answer. */
const EXPOSED: SinkRow = { kind: 'exposure', argument: { position: 0 }, effect: 'is sent to the visitor' };

/** Notes what a view or a page for errors returns, when an exception can be in it. */
export function noteExposure(node: Return, value: Value, frame: Frame): void {
  if (frame.isSilent || node.value === undefined || frame.view === undefined) return;
  if (!holdsException(value)) return;
  const isPair = node.value.kind === 'Tuple';
  const argument = node.value.kind === 'Tuple' ? node.value.elements[0] : node.value;
  const body = isPair ? value.contents?.entries.get('i:0') : value;
  if (argument === undefined || body === undefined || body.refs.some(isNoText)) return;
  const { start, end } = argument;
  const call: Call =
    argument.kind === 'Call'
      ? argument
      : { kind: 'Call', start, end, func: argument, args: [], argsRange: { start, end } };
  const { site, machine } = frame;
  machine.draft.hits.push({
    row: EXPOSED,
    callee: RETURNED,
    site,
    call,
    isTyped: true,
    argument,
    value: body,
  });
}

function isResponse(ref: Ref): boolean {
  return ref.kind === 'instance' && ref.name === 'flask.Response';
}

/** A response has its body noted where it is made. */
function isNoText(ref: Ref): boolean {
  return ref.kind === 'instance' && /^(?:builtins\.Exception|flask\.(?:Data)?Response)$/.test(ref.name);
}

interface Body {
  readonly argument: Expression;
  readonly value: Value;
}

/** The body of `body`, `(body, status)`, `(body, status, headers)`; undefined when it is sent as something else. */
function bodyOf(node: Expression, value: Value, env: Env, frame: Frame): Body | undefined {
  if (node.kind === 'Tuple') {
    const [first, ...others] = node.elements;
    const body = value.contents?.entries.get('i:0');
    const silent = { ...frame, isSilent: true };
    const isOther = others.some((other) => namesOtherType(evaluate(other, env, silent)));
    return first === undefined || body === undefined || isOther ? undefined : bodyOf(first, body, env, frame);
  }
  const pair = answerOf(value);
  if (pair !== undefined)
    return pair.others.some(namesOtherType) ? undefined : bodyOf(node, pair.body, env, frame);
  const path = pathOf(node);
  const types = path === undefined ? [] : TYPE_PATHS.flatMap((suffix) => env.get(path + suffix) ?? []);
  return types.some(isOtherType) ? undefined : { argument: node, value };
}

/** `(body, status)` and `(body, status, headers)` that a helper has put together. */
function answerOf({
  contents,
}: Value): { readonly body: Value; readonly others: readonly Value[] } | undefined {
  const [body, status, ...more] = listElements(contents) ?? [];
  const isStatus = status?.constants?.every((code) => typeof code === 'number' && code >= 100 && code < 600);
  return body !== undefined && status !== undefined && isStatus === true && more.length < 2
    ? { body, others: more }
    : undefined;
}

/** A helper's response whose type was set to something else than HTML: whoever sends it sends no page. */
export function withoutPage(node: Expression, value: Value, env: Env): Value {
  const path = value.taints.length === 0 || !value.refs.some(isNoText) ? undefined : pathOf(node);
  const isOther =
    path !== undefined &&
    TYPE_PATHS.some((suffix) => {
      const type = env.get(path + suffix);
      return type !== undefined && isOtherType(type);
    });
  return isOther ? { ...cleared(value, HTML), refs: value.refs } : value;
}

const HTML = kindSet(['html']);

const TYPE_PATHS = ['.mimetype', '.content_type', ".headers['Content-Type']", ".headers['content-type']"];

/** A dict or list is sent as JSON; so is, most likely, a JSON body that is given back as it came. */
function isJson(value: Value): boolean {
  if (value.contents !== undefined) return true;
  return (
    value.text === undefined &&
    value.taints.every(({ label, last }) => last === undefined || /(\.json|get_json\([^)]*\))$/.test(label))
  );
}

/** Headers that say that the body is no HTML. */
function namesOtherType(value: Value): boolean {
  return [...(value.contents?.entries ?? [])].some(
    ([key, type]) => /^k:content-type$/i.test(key) && isOtherType(type),
  );
}

function isOtherType(value: Value): boolean {
  return value.constants?.every((type) => typeof type === 'string' && !/html|svg|xml/i.test(type)) === true;
}

/** `Response(body, mimetype="text/plain")`: what it carries, or undefined when it is not sent as HTML. */
export function responseBody(name: string, { args: [first] }: Call, args: Arguments): Value | undefined {
  const type = args.named.get('mimetype') ?? args.named.get('content_type');
  const headers = args.named.get('headers') ?? args.positional[2];
  if ((type !== undefined && isOtherType(type)) || (headers !== undefined && namesOtherType(headers)))
    return undefined;
  const body = args.positional[0] ?? args.named.get('response');
  // `make_response((body, status, headers))`
  const isTuple = first?.value.kind === 'Tuple' && args.positional.length === 1;
  if (isTuple && [...(body?.contents?.entries.values() ?? [])].slice(1).some(namesOtherType))
    return undefined;
  // `make_response` takes what a view may return; the body of a `Response` is a text or several, never JSON.
  if (name !== 'flask.make_response' || body === undefined) return body;
  const carried = first?.value.kind === 'Tuple' ? body.contents?.entries.get('i:0') : body;
  return carried === undefined || isJson(carried) ? undefined : carried;
}
