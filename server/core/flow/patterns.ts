/** `match`: which cases can be taken, and what they bind. */

import { assertNever } from '../base/assertNever';
import type { Expression, Pattern } from '../syntax/python/ast';
import { fieldNames } from './dataObjects';
import type { Env } from './env';
import { elementValue, evaluate, iterated, memberValue, pathOf } from './evaluate';
import type { Frame } from './machine';
import { CLEAN, type ConstantValue, constant, type Value } from './values';

export interface PatternResult {
  /** State inside the case; undefined when it can't match. */
  readonly matched: Env | undefined;
  /** True when it always matches. */
  readonly isCertain: boolean;
}

export function bindPattern(
  pattern: Pattern,
  node: Expression,
  subject: Value,
  env: Env,
  frame: Frame,
): PatternResult {
  if (pattern.kind === 'AsPattern') {
    const inner = bindPattern(pattern.pattern, node, subject, env, frame);
    const values = literalValues(pattern.pattern, env, frame);
    inner.matched?.set(pattern.name.id, narrowed(pattern.pattern, values, subject, frame));
    return inner;
  }
  const values = literalValues(pattern, env, frame);
  if (values !== undefined) {
    const isPossible =
      subject.constants === undefined || subject.constants.some((value) => values.includes(value));
    const path = pathOf(node);
    if (isPossible && path !== undefined) env.set(path, constant(...values));
    const isCertain = subject.constants?.every((value) => values.includes(value)) === true;
    return { matched: isPossible ? env : undefined, isCertain };
  }
  bind(pattern, subject, env, frame);
  return { matched: env, isCertain: isIrrefutable(pattern) };
}

/** What a value is known to be once a pattern fits it: one of its constants, or a number. */
function narrowed(
  pattern: Pattern,
  values: readonly ConstantValue[] | undefined,
  subject: Value,
  frame: Frame,
): Value {
  if (values !== undefined) return constant(...values);
  return isNumber(pattern, frame) ? CLEAN : subject;
}

/** `int()`, `float() | int()` */
function isNumber(pattern: Pattern, frame: Frame): boolean {
  if (pattern.kind === 'OrPattern') return pattern.alternatives.every((one) => isNumber(one, frame));
  return (
    pattern.kind === 'ClassPattern' &&
    pattern.class.kind === 'Name' &&
    /^(?:int|float|bool)$/.test(pattern.class.id)
  );
}

/** Constants a pattern is made of, if it is made of constants only. */
function literalValues(
  pattern: Pattern,
  env: Env,
  frame: Frame,
): (string | number | boolean | null)[] | undefined {
  if (pattern.kind === 'OrPattern') {
    const all = pattern.alternatives.map((alternative) => literalValues(alternative, env, frame));
    return all.every((values) => values !== undefined) ? all.flat() : undefined;
  }
  if (pattern.kind !== 'ValuePattern') return undefined;
  const { constants } = evaluate(pattern.value, env, { ...frame, isSilent: true });
  return constants === undefined ? undefined : [...constants];
}

function bind(pattern: Pattern, subject: Value, env: Env, frame: Frame): void {
  switch (pattern.kind) {
    case 'CapturePattern':
    case 'StarPattern':
      if (pattern.name) env.set(pattern.name.id, subject);
      return;
    case 'AsPattern':
      env.set(pattern.name.id, narrowed(pattern.pattern, undefined, subject, frame));
      return bind(pattern.pattern, subject, env, frame);
    case 'SequencePattern':
      pattern.elements.forEach((element, index) => {
        bind(element, subject.contents?.entries.get(`i:${index}`) ?? iterated(subject), env, frame);
      });
      return;
    case 'OrPattern':
      for (const alternative of pattern.alternatives) bind(alternative, subject, env, frame);
      return;
    case 'MappingPattern':
      for (const entry of pattern.entries) {
        const key = evaluate(entry.key, env, { ...frame, isSilent: true });
        bind(entry.pattern, elementValue(entry.key, subject, key, frame), env, frame);
      }
      if (pattern.rest) env.set(pattern.rest.id, subject);
      return;
    case 'ClassPattern':
      return bindClass(pattern, subject, env, frame);
    case 'ValuePattern':
    case 'ErrorPattern':
      return;
    default:
      return assertNever(pattern);
  }
}

/** `Point(x, y=0)`: attributes of the object by their names, or in the order of its fields; `str(text)` is the text. */
function bindClass(
  pattern: Extract<Pattern, { kind: 'ClassPattern' }>,
  subject: Value,
  env: Env,
  frame: Frame,
): void {
  const { refs } = evaluate(pattern.class, env, { ...frame, isSilent: true });
  const fields = refs.flatMap((ref) => (ref.kind === 'class' ? fieldNames(ref, frame) : []));
  for (const [index, { name, pattern: inner }] of pattern.args.entries()) {
    const field = name?.id ?? fields[index];
    const whole = isNumber(pattern, frame) ? CLEAN : { taints: subject.taints, refs: [] };
    bind(inner, field === undefined ? whole : memberValue(pattern.class, subject, field, frame), env, frame);
  }
}

function isIrrefutable(pattern: Pattern): boolean {
  if (pattern.kind === 'CapturePattern') return true;
  if (pattern.kind === 'AsPattern') return isIrrefutable(pattern.pattern);
  return pattern.kind === 'OrPattern' && pattern.alternatives.some(isIrrefutable);
}
