/** What the outcome of a call proves: text methods, patterns, `isinstance`, `any` and `all`, checkers of libraries
 *  and of the project. */
import { KNOWLEDGE } from '../knowledge/index';
import type { GuardRow } from '../knowledge/library';
import { rowNames } from '../model/refs';
import type { Call, Expression } from '../syntax/python/ast';
import { argumentOfParameter, bindArguments, MAX_CALL_DEPTH, STEPS_PER_CALL } from './application';
import { evaluateArguments } from './calls';
import { DIGIT_KINDS, patternFacts, provenByMatch, provenByNoMatch, WORD_KINDS } from './charsets';
import { elementsOf, isHost, kindsOfMembers } from './comparisons';
import { argumentIndex } from './conditions';
import { listElements } from './containers';
import { proveFields } from './declaredTypes';
import type { Env } from './env';
import { evaluate } from './evaluate';
import { refine } from './guards';
import type { Frame } from './machine';
import { prove, provePath } from './narrowing';
import { namesFolder, provenByStart } from './pathGuards';
import { refineQuantified } from './quantified';
import { patternsOf } from './regularExpressions';
import { KEY_KINDS, keysLookedUp } from './rowLookups';
import { positionalArguments } from './special';
import { symbolize } from './symbols';
import { addressPartOf, fixesScheme } from './urlGuards';
import { ALL_KINDS, type KindSet, kindSet, UNKNOWN, type Value } from './values';

/** The call that gave a checker's tuple: `ok, reason = check(name)`. */
export function refineByElement(node: Call, element: number, outcome: boolean, env: Env, frame: Frame): void {
  const silent = { ...frame, isSilent: true };
  refineByFunction(node, undefined, evaluate(node.func, env, silent), outcome, env, silent, element);
}

export function refineByCall(node: Call, outcome: boolean, env: Env, frame: Frame): void {
  const silent = { ...frame, isSilent: true };
  const callee = evaluate(node.func, env, silent);
  const names = rowNames(callee.refs);
  for (const name of names) if (refineByLibrary(name, node, outcome, env, silent)) return;
  const receiver = node.func.kind === 'Attribute' ? evaluate(node.func.value, env, silent) : undefined;
  if (refineByFunction(node, undefined, callee, outcome, env, silent)) return;
  if (node.func.kind === 'Attribute' && receiver !== undefined)
    refineByMethod(node, node.func.value, node.func.attr.id, receiver, outcome, env, silent);
}

const MATCHER = /^re\.(match|fullmatch|search)$/;

/** A function or method of a library; false when nothing is known of it. */
function refineByLibrary(name: string, node: Call, outcome: boolean, env: Env, frame: Frame): boolean {
  const [first, second] = node.args;
  const guard = KNOWLEDGE.guard(name);
  if (name === 'builtins.isinstance' && outcome && first !== undefined && second !== undefined)
    refineType(first.value, second.value, env, frame);
  if (guard !== undefined) {
    const guarded = guardedBy(guard, node);
    if (guarded !== undefined && outcome === (guard.outcome ?? true))
      proveRow(guard, guarded, node, env, frame);
    return true;
  }
  if (first === undefined) return false;
  const matcher = MATCHER.exec(name)?.[1];
  if (matcher !== undefined && second !== undefined) {
    const patterns = patternsOf(evaluate(first.value, env, frame));
    proveMatch(patterns, matcher, second.value, outcome, env, frame);
    return true;
  }
  switch (name) {
    case 'builtins.bool':
      refine(first.value, outcome, env, frame);
      return true;
    case 'builtins.any':
    case 'builtins.all':
      refineQuantified(name === 'builtins.any' ? 'any' : 'all', first.value, outcome, env, frame);
      return true;
    case 'os.path.isabs':
      if (!outcome) prove(first.value, kindSet(['relative']), env, frame);
      return true;
    case 'fnmatch.fnmatch':
    case 'fnmatch.fnmatchcase':
      if (outcome && second !== undefined)
        proveHost(first.value, evaluate(second.value, env, frame), env, frame);
      return true;
    default:
      return refineUnbound(name, first.value, outcome, env, frame);
  }
}

/** `str.isalnum(x)` */
function refineUnbound(name: string, subject: Expression, outcome: boolean, env: Env, frame: Frame): boolean {
  const kinds = NARROW_METHODS[/^builtins\.str\.(\w+)$/.exec(name)?.[1] ?? ''];
  if (kinds === undefined) return false;
  if (outcome) prove(subject, kinds, env, frame);
  return true;
}

function proveRow(guard: GuardRow, guarded: Expression, node: Call, env: Env, frame: Frame): void {
  const kinds = kindSet(guard.clears);
  if ((kinds & PATH) === 0 || guard.argument !== 'receiver') return prove(guarded, kinds, env, frame);
  const [folder] = node.args;
  if (folder !== undefined && namesFolder(evaluate(folder.value, env, frame))) provePath(guarded, env, frame);
  else refineByMethod(node, guarded, 'startswith', UNKNOWN, true, env, frame);
}

const PATH = kindSet(['path']);

function guardedBy(guard: GuardRow, node: Call): Expression | undefined {
  if (guard.argument === 'receiver') return node.func.kind === 'Attribute' ? node.func.value : undefined;
  return node.args[argumentIndex(node, guard.argument)]?.value;
}

/** Text methods that let through letters, digits and underscores only. */
const NARROW_METHODS: Readonly<Record<string, KindSet>> = {
  isdigit: DIGIT_KINDS,
  isdecimal: DIGIT_KINDS,
  isnumeric: DIGIT_KINDS,
  isalnum: WORD_KINDS,
  isalpha: WORD_KINDS,
  isidentifier: WORD_KINDS,
};

/** Methods of collections that are true for what they hold. */
const LOOKUPS = new Set(['get', '__contains__', 'has_key', 'count']);

function refineByMethod(
  node: Call,
  subject: Expression,
  method: string,
  receiver: Value,
  outcome: boolean,
  env: Env,
  frame: Frame,
): void {
  const [first] = node.args;
  if (outcome) for (const key of keysLookedUp(node)) prove(key, KEY_KINDS, env, frame);
  if (outcome && (method === 'validate' || method === 'validate_on_submit'))
    proveFields(subject, receiver, env, frame);
  const narrow = NARROW_METHODS[method];
  if (narrow !== undefined && first === undefined) {
    if (outcome) prove(subject, narrow, env, frame);
    return;
  }
  if (first === undefined) return;
  const patterns = patternsOf(receiver);
  if (patterns.length > 0) return proveMatch(patterns, method, first.value, outcome, env, frame);
  if (method === 'startswith' || method === 'endswith') {
    const parts = evaluate(first.value, env, frame);
    const texts = textsOf(parts);
    if (method === 'startswith' && outcome && fixesScheme(parts)) prove(subject, LINK, env, frame);
    if (method === 'startswith') prove(subject, provenByStart(texts, outcome), env, frame);
    // Not `example.org`, which ends `evil-example.org`, too.
    else if (outcome && texts.length > 0 && texts.every((text) => text.startsWith('.')))
      proveAddresses(subject, env, frame);
    return;
  }
  if (!outcome) return;
  if (LOOKUPS.has(method) && receiver.contents !== undefined && node.args.length === 1)
    return prove(first.value, kindsOfMembers(receiver), env, frame);
  if (method === 'issuperset')
    prove(elementsOf(first.value) ?? first.value, kindsOfMembers(receiver), env, frame);
  const elements = method === 'issubset' ? elementsOf(subject) : undefined;
  if (elements !== undefined) prove(elements, kindsOfMembers(evaluate(first.value, env, frame)), env, frame);
}

const LINK = kindSet(['link']);

/** One text, or the texts of a tuple. */
function textsOf(value: Value): readonly string[] {
  const values =
    value.constants ?? listElements(value.contents)?.flatMap(({ constants }) => constants ?? [null]);
  const texts = (values ?? []).filter((text) => typeof text === 'string');
  return texts.length === values?.length ? texts : [];
}

function proveMatch(
  patterns: readonly string[],
  method: string,
  subject: Expression,
  outcome: boolean,
  env: Env,
  frame: Frame,
): void {
  if (patterns.length === 0) return;
  const provenBy = (pattern: string) =>
    outcome ? provenByMatch(pattern, method) : method === 'search' ? provenByNoMatch(pattern) : 0;
  const kinds = patterns.map(provenBy).reduce((all, one) => all & one);
  const isHost = addressPartOf(subject, frame.site) !== undefined;
  const isNarrow = patterns.every(
    (pattern) => (patternFacts(pattern)?.charset.size ?? MAX_CHARS) < MAX_CHARS,
  );
  if (!isHost) prove(subject, kinds, env, frame);
  else if (outcome && kinds !== 0 && isNarrow) prove(subject, ADDRESS, env, frame);
  if (outcome) proveByStartOf(patterns, subject, env, frame);
}

/** Letters, digits and a few signs: more than a pattern for hosts has. */
const MAX_CHARS = 70;
const ADDRESS = kindSet(['redirect', 'ssrf', 'link']);

/** `re.match(r"/[a-z]", x)` says how `x` starts. */
function proveByStartOf(patterns: readonly string[], subject: Expression, env: Env, frame: Frame): void {
  const isLocal = patterns.every((pattern) =>
    /^\^?\/(?:[A-Za-z0-9]|\[[\w-]+\](?![*?{])|\\w(?![*?{]))/.test(pattern),
  );
  if (isLocal) prove(subject, kindSet(['rooted', 'oneSlash']), env, frame);
}

/** `fnmatch(host, pattern)` with a pattern of the developer's. */
function proveHost(host: Expression, pattern: Value, env: Env, frame: Frame): void {
  if (isHost(pattern)) proveAddresses(host, env, frame);
}

function proveAddresses(host: Expression, env: Env, frame: Frame): void {
  if (addressPartOf(host, frame.site) !== undefined) prove(host, ADDRESS, env, frame);
}

const HARMLESS_TYPES =
  /^(?:builtins\.(?:int|float|bool|complex)|decimal\.Decimal|uuid\.UUID|datetime\.\w+|numbers\.\w+)$/;

function isHarmlessType(node: Expression, env: Env, frame: Frame): boolean {
  if (node.kind === 'Tuple')
    return node.elements.length > 0 && node.elements.every((element) => isHarmlessType(element, env, frame));
  const { refs } = evaluate(node, env, frame);
  const isHarmless = (name: string) => HARMLESS_TYPES.test(name);
  return (
    refs.length > 0 &&
    refs.every((ref) => (ref.kind === 'external' || ref.kind === 'instance') && isHarmless(ref.name))
  );
}

function refineType(subject: Expression, type: Expression, env: Env, frame: Frame): void {
  if (isHarmlessType(type, env, frame)) prove(subject, ALL_KINDS, env, frame);
  // What a response carries was seen where it was made.
  else if (isResponseType(type, env, frame)) prove(subject, kindSet(['html']), env, frame);
}

function isResponseType(node: Expression, env: Env, frame: Frame): boolean {
  const { refs } = evaluate(node, env, frame);
  return refs.some((ref) => ref.kind === 'external' && KNOWLEDGE.canonical(ref.name) === 'flask.Response');
}

/** A checker of the project: what its body proves of a parameter holds for the argument. */
export function refineByFunction(
  node: Call,
  method: string | undefined,
  callee: Value,
  outcome: boolean,
  env: Env,
  frame: Frame,
  element?: number,
): boolean {
  const { machine } = frame;
  const refs =
    method === undefined
      ? callee.refs
      : callee.refs.flatMap((ref) =>
          ref.kind === 'object' ? machine.project.resolver.declared(ref.class, method) : [],
        );
  const [ref, ...others] = refs.filter(({ kind }) => kind === 'function');
  if (ref?.kind !== 'function' || others.length > 0 || machine.depth >= MAX_CALL_DEPTH) return false;
  if (!machine.budget.spend(STEPS_PER_CALL)) return true;
  const isStatic = ref.node.decorators.some(
    ({ expression }) => expression.kind === 'Name' && expression.id === 'staticmethod',
  );
  const isMethod = ref.owners.at(-1)?.kind === 'ClassDef' && !isStatic;
  const receiver = node.func.kind === 'Attribute' ? evaluate(node.func.value, env, frame) : undefined;
  const hasSelf = isMethod && (method !== undefined || receiver !== undefined);
  const self = method === undefined ? receiver : callee;
  const args =
    method === undefined
      ? evaluateArguments(node, env, frame)
      : positionalArguments(...node.args.map(({ value }) => evaluate(value, env, frame)));
  const bound = bindArguments(ref.node, args, hasSelf ? (self ?? UNKNOWN) : undefined);
  const names = [...bound.keys()];
  const { values } = symbolize([...bound.values()]);
  const application = machine.apply(ref, new Map(names.map((name, index) => [name, values[index] as Value])));
  for (const [name, guard] of application.guards) {
    const argument = argumentOfParameter(ref.node, node, name, hasSelf);
    const proven = element === undefined ? guard : guard.elements[element];
    if (argument !== undefined && proven !== undefined)
      prove(argument, outcome ? proven.whenTrue : proven.whenFalse, env, frame);
  }
  return true;
}
