/** Executes statements on abstract environments. Each returns the state after it, or undefined if it can't be
 *  reached: after `return`, `raise`, `break`, `continue`, or on a way that a constant condition rules out. */
import { KNOWLEDGE } from '../knowledge/index';
import { scopeOf } from '../model/scopes';
import type {
  Body,
  Expression,
  For,
  FunctionDef,
  Match,
  Return,
  Statement,
  Try,
  While,
  With,
} from '../syntax/python/ast';
import { assign, remove } from './assign';
import { closureValue } from './callables';
import { NO_ARGUMENTS } from './calls';
import { isMapping, listElements } from './containers';
import { Env } from './env';
import { evaluate, iterated } from './evaluate';
import { caughtValue, noteThrown, uncaught, withThrown } from './exceptions';
import { interpretFunction } from './functions';
import { execTest } from './guards';
import { noteLocationWrite } from './locations';
import type { Frame } from './machine';
import { prove, provenBetween } from './narrowing';
import { binaryValue } from './operators';
import { bindPattern } from './patterns';
import { noteExposure, noteResponse, withoutPage } from './responses';
import { impliedCall, loopedOver, specialCall } from './special';
import { ALL_KINDS, constant, type Value } from './values';

type State = Env | undefined;

export function execBody(body: Body, env: State, frame: Frame): State {
  let state = env;
  for (const statement of body) {
    if (state === undefined || !frame.machine.budget.spend()) break;
    const { raises } = frame.exits;
    state = execStatement(statement, state, frame);
    if (raises !== undefined && state !== undefined) raises.push(state.copy());
  }
  return state;
}

function execStatement(node: Statement, env: Env, frame: Frame): State {
  switch (node.kind) {
    case 'Assign': {
      const value = evaluate(node.value, env, frame);
      for (const target of node.targets) {
        noteLocationWrite(target, node.value, value, env, frame);
        assign(target, value, env, frame);
      }
      if (value.contents !== undefined) linkNames(node, env);
      return env;
    }
    case 'AnnotatedAssign': {
      const declared = frame.machine.project.resolver.annotated(node.annotation, frame.site);
      const value = node.value ? evaluate(node.value, env, frame) : undefined;
      if (value !== undefined)
        assign(node.target, value.refs.length > 0 ? value : { ...value, refs: declared }, env, frame);
      return env;
    }
    case 'AugmentedAssign': {
      const left = evaluate(node.target, env, frame);
      const right = evaluate(node.value, env, frame);
      const operation = { ...node, kind: 'Binary', left: node.target, right: node.value } as const;
      assign(node.target, binaryValue(operation, left, right, frame), env, frame);
      return env;
    }
    case 'Expression':
      evaluate(node.value, env, frame);
      return neverReturns(node.value, frame) ? undefined : env;
    case 'Return':
      execReturn(node, env, frame);
      return undefined;
    case 'Raise':
      for (const part of [node.exception, node.cause]) if (part) evaluate(part, env, frame);
      if (node.exception) noteThrown(node.exception, env, frame);
      return undefined;
    case 'If': {
      const { whenTrue, whenFalse } = execTest(node.test, env, frame);
      return Env.join(execBody(node.body, whenTrue, frame), execBody(node.orelse, whenFalse, frame));
    }
    case 'For':
    case 'While':
      return execLoop(node, env, frame);
    case 'With':
      return execWith(node, env, frame);
    case 'Try':
      return execTry(node, env, frame);
    case 'Match':
      return execMatch(node, env, frame);
    case 'Assert': {
      if (node.message) evaluate(node.message, env, { ...frame, isSilent: true });
      return execTest(node.test, env, frame).whenTrue;
    }
    case 'Break':
      frame.exits.breaks.push(env);
      return undefined;
    case 'Continue':
      frame.exits.continues.push(env);
      return undefined;
    case 'Delete':
      for (const target of node.targets) remove(target, env, frame);
      return env;
    case 'FunctionDef':
      evaluateDecorators(node, env, frame);
      return execDefinition(node, env, frame);
    case 'ClassDef':
      for (const inner of node.body) if (inner.kind === 'FunctionDef') evaluateDecorators(inner, env, frame);
      return env;
    case 'ErrorStatement':
      for (const child of node.children) evaluate(child, env, frame);
      return env;
    default:
      return env;
  }
}

/** `a = b`, `a = b = []` */
function linkNames({ targets, value }: Extract<Statement, { kind: 'Assign' }>, env: Env): void {
  const names = [value, ...targets].flatMap((node) => (node.kind === 'Name' ? [node.id] : []));
  for (const name of names.slice(1)) env.link(name, names[0] as string);
}

function execReturn(node: Return, env: Env, frame: Frame): void {
  if (node.value === undefined) {
    frame.exits.returns.push(constant(null));
    frame.exits.ends.push({ whenTrue: undefined, whenFalse: env });
    return;
  }
  const value = evaluate(node.value, env, frame);
  noteResponse(node, value, env, frame);
  noteExposure(node, value, frame);
  frame.exits.returns.push(withoutPage(node.value, value, env));
  const silent = { ...frame, isSilent: true };
  const parts = node.value.kind === 'Tuple' ? node.value.elements : [];
  const elements = parts.map((element) => execTest(element, env, silent));
  frame.exits.ends.push({ ...execTest(node.value, env, silent), elements });
}

/** `abort(404)`, `sys.exit()`, a function of the project that always raises: what comes after is not reached. */
function neverReturns(node: Expression, frame: Frame): boolean {
  const { ended } = frame.exits;
  if (ended?.call === node && ended.isSure) return true;
  if (node.kind !== 'Call' || (node.func.kind !== 'Name' && node.func.kind !== 'Attribute')) return false;
  const refs = frame.machine.project.resolver.resolve(node.func, frame.site);
  return refs.some((ref) => ref.kind === 'external' && KNOWLEDGE.endsTheFlow(ref.name));
}

/** Calls that make decorators are calls like others: `@cross_origin(origins="*")`. */
function evaluateDecorators(node: FunctionDef, env: Env, frame: Frame): void {
  if (frame.isSilent) return;
  for (const { expression } of node.decorators)
    if (expression.kind === 'Call') evaluate(expression, env, frame);
}

/** A function inside a function sees the variables around it as they are where it is defined. */
function execDefinition(node: FunctionDef, env: Env, frame: Frame): Env {
  if (frame.site.owners.length === 0) return env;
  const outer = env.copy();
  frame.machine.closures.set(node, outer);
  env.set(node.name.id, closureValue(node, env, frame));
  if (!frame.isSilent && frame.machine.depth === 0)
    interpretFunction(node, frame.site, frame.machine, { outer });
  return env;
}

/** Rounds before the loop is taken as it is; taint and types settle in two, chains of variables take more. */
const MAX_ROUNDS = 5;

function execLoop(node: For | While, env: Env, frame: Frame): State {
  const { exits } = frame;
  const outer = { breaks: exits.breaks, continues: exits.continues };
  const round = (start: Env, isSilent: boolean): { readonly next: State; readonly done: State } => {
    exits.breaks = [];
    exits.continues = [];
    const inner: Frame = { ...frame, isSilent: isSilent || frame.isSilent };
    let entered: State = start.copy();
    let left: State;
    let nElements: number | undefined;
    if (node.kind === 'For') {
      const list = evaluate(node.iter, entered, inner);
      nElements = lengthOf(list);
      assign(node.target, loopedOver(list, node.iter, entered, inner), entered, inner);
      left = start.copy();
      if (nElements === 0 && isAlwaysEmpty(node.iter, frame)) entered = undefined;
    } else {
      const branches = execTest(node.test, entered, inner);
      entered = branches.whenTrue;
      left = branches.whenFalse;
    }
    const ended = Env.joinAll([execBody(node.body, entered, inner), ...exits.continues]);
    if (nElements !== undefined && nElements > 0) left = ended?.copy();
    else if (node.kind === 'For') proveLooped(node, start, ended, left, inner);
    const after = execBody(node.orelse, left, inner);
    return { next: ended, done: Env.joinAll([after, ...exits.breaks]) };
  };
  let start: Env = env;
  let last: ReturnType<typeof round> | undefined;
  for (let i = 0; i < MAX_ROUNDS && last === undefined; i++) {
    // The first round binds what the body binds. Each later one counts, unless it brings something new.
    const takeBack = i === 0 ? undefined : rememberDraft(frame);
    const ended = round(start, i === 0);
    const joined: Env = Env.join(start, ended.next) ?? start;
    if (i > 0 && Env.areOne(joined, start)) last = ended;
    else takeBack?.();
    const isStable = Env.same(joined, start);
    start = joined;
    if (isStable) break;
  }
  const { next, done } = last ?? round(start, false);
  exits.breaks = outer.breaks;
  exits.continues = outer.continues;
  if (node.kind === 'For') proveLooped(node, start, next, next, frame);
  // After a `for` the loop variable keeps its last value.
  return node.kind === 'For' ? Env.join(done, next) : done;
}

/** Answers what forgets all that is noted from now on. */
function rememberDraft({ machine: { draft } }: Frame): () => void {
  const lists: readonly unknown[][] = [draft.hits, draft.writes, draft.misuses, draft.renders];
  const lengths = lists.map(({ length }) => length);
  return () => {
    for (const [index, list] of lists.entries()) list.length = lengths[index] ?? 0;
  };
}

/** Number of elements of a list or text that is known. */
function lengthOf({ contents, constants }: Value): number | undefined {
  const [text, ...more] = constants ?? [];
  if (typeof text === 'string' && more.length === 0) return text.length;
  return contents === undefined || isMapping(contents) ? undefined : listElements(contents)?.length;
}

/** Nothing can be put into a tuple later; into a list that was empty once, much can. */
function isAlwaysEmpty(node: Expression, { site, machine }: Frame): boolean {
  if (node.kind === 'Tuple') return true;
  if (node.kind !== 'Name') return false;
  const local = site.owners.flatMap((owner) => scopeOf(owner).bindings.get(node.id) ?? []);
  const bindings =
    local.length > 0 ? local : machine.project.bindingsOf(site.file, node.id).map(({ binding }) => binding);
  return bindings.every((binding) => binding.kind === 'value' && binding.value.kind === 'Tuple');
}

/** A loop that is left early for what it does not like has proven something of all elements when it ends. */
function proveLooped({ target, iter }: For, start: Env, next: State, done: State, frame: Frame): void {
  if (target.kind !== 'Name' || next === undefined || done === undefined) return;
  const { owners, tree } = frame.site;
  const bindings = scopeOf(owners.at(-1) ?? tree).bindings.get(target.id) ?? [];
  if (!bindings.every((binding) => binding.kind === 'value' && binding.access.kind === 'each')) return;
  const element = iterated(evaluate(iter, start.copy(), { ...frame, isSilent: true }));
  if (element.taints.length === 0) return;
  prove(iter, provenBetween(element, next.get(target.id), ALL_KINDS), done, frame);
}

function execWith(node: With, env: Env, frame: Frame): State {
  for (const item of node.items) {
    const value = evaluate(item.context, env, frame);
    if (!item.target) continue;
    assign(item.target, enteredValue(item.context, value, env, frame), env, frame);
  }
  return execBody(node.body, env, frame);
}

/** What `with value as x` binds: what a context manager yields, or what `__enter__` gives. */
function enteredValue(node: Expression, value: Value, env: Env, frame: Frame): Value {
  const { resolver } = frame.machine.project;
  if (
    node.kind === 'Call' &&
    value.refs.length === 0 &&
    value.contents?.rest &&
    value.contents.entries.size === 0
  )
    return value.contents.rest;
  const call = impliedCall(node);
  const own =
    specialCall('__enter__', value, NO_ARGUMENTS, call, env, frame) ??
    specialCall('__aenter__', value, NO_ARGUMENTS, call, env, frame);
  if (own !== undefined) return own;
  return { ...value, refs: resolver.accessed(value.refs, { kind: 'entered' }) };
}

function execTry(node: Try, env: Env, frame: Frame): State {
  const { exits } = frame;
  const outer = exits.raises;
  const states: Env[] = [env.copy()];
  const { thrown } = exits;
  exits.raises = states;
  exits.thrown = [];
  const tried = execBody(node.body, env.copy(), frame);
  const own = exits.thrown;
  exits.raises = outer;
  exits.thrown = thrown;
  if (own.length > 0) thrown.push(...uncaught(own, node.handlers, frame));
  const raised = Env.joinAll(states);
  outer?.push(...states);
  const handled = node.handlers.map((handler) => {
    const state = raised?.copy();
    if (state !== undefined && handler.type) evaluate(handler.type, state, frame);
    if (state !== undefined && handler.name)
      state.set(
        handler.name.id,
        withThrown(caughtValue(handler.type, handler.name, frame), own, handler.type, frame),
      );
    return execBody(handler.body, state, frame);
  });
  const ended = Env.joinAll([execBody(node.orelse, tried, frame), ...handled]);
  if (node.finalbody.length === 0) return ended;
  if (ended === undefined) {
    execBody(node.finalbody, raised?.copy(), frame);
    return undefined;
  }
  return execBody(node.finalbody, ended, frame);
}

function execMatch(node: Match, env: Env, frame: Frame): State {
  const subject: Value = evaluate(node.subject, env, frame);
  let open: State = env;
  const ends: State[] = [];
  for (const matchCase of node.cases) {
    if (open === undefined) break;
    const { matched, isCertain } = bindPattern(matchCase.pattern, node.subject, subject, open.copy(), frame);
    let entered: State = matched;
    if (entered !== undefined && matchCase.guard)
      entered = execTest(matchCase.guard, entered, frame).whenTrue;
    ends.push(execBody(matchCase.body, entered, frame));
    if (isCertain && !matchCase.guard) open = undefined;
  }
  return Env.joinAll([...ends, open]);
}
