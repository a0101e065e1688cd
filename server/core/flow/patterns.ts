/** `match`: which cases can be taken, and what they bind. */

import { assertNever } from '../base/assertNever';
import type { Expression, Pattern } from '../syntax/python/ast';
import type { Env } from './env';
import { evaluate, iterated, pathOf } from './evaluate';
import type { Frame } from './machine';
import { constant, type Value } from './values';

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
  const values = literalValues(pattern, env, frame);
  if (values !== undefined) {
    const isPossible =
      subject.constants === undefined || subject.constants.some((value) => values.includes(value));
    const path = pathOf(node);
    if (isPossible && path !== undefined) env.set(path, constant(...values));
    const isCertain = subject.constants?.every((value) => values.includes(value)) === true;
    return { matched: isPossible ? env : undefined, isCertain };
  }
  bind(pattern, subject, env);
  return { matched: env, isCertain: isIrrefutable(pattern) };
}

/** Constants a pattern is made of, if it is made of constants only. */
function literalValues(
  pattern: Pattern,
  env: Env,
  frame: Frame,
): (string | number | boolean | null)[] | undefined {
  if (pattern.kind === 'AsPattern') return undefined;
  if (pattern.kind === 'OrPattern') {
    const all = pattern.alternatives.map((alternative) => literalValues(alternative, env, frame));
    return all.every((values) => values !== undefined) ? all.flat() : undefined;
  }
  if (pattern.kind !== 'ValuePattern') return undefined;
  const { constants } = evaluate(pattern.value, env, { ...frame, isSilent: true });
  return constants === undefined ? undefined : [...constants];
}

function bind(pattern: Pattern, subject: Value, env: Env): void {
  switch (pattern.kind) {
    case 'CapturePattern':
    case 'StarPattern':
      if (pattern.name) env.set(pattern.name.id, subject);
      return;
    case 'AsPattern':
      env.set(pattern.name.id, subject);
      return bind(pattern.pattern, subject, env);
    case 'SequencePattern':
      pattern.elements.forEach((element, index) => {
        bind(element, subject.contents?.entries.get(`i:${index}`) ?? iterated(subject), env);
      });
      return;
    case 'OrPattern':
      for (const alternative of pattern.alternatives) bind(alternative, subject, env);
      return;
    case 'MappingPattern':
      for (const entry of pattern.entries) bind(entry.pattern, { taints: subject.taints, refs: [] }, env);
      if (pattern.rest) env.set(pattern.rest.id, subject);
      return;
    case 'ClassPattern':
      for (const argument of pattern.args) bind(argument.pattern, { taints: subject.taints, refs: [] }, env);
      return;
    case 'ValuePattern':
    case 'ErrorPattern':
      return;
    default:
      return assertNever(pattern);
  }
}

function isIrrefutable(pattern: Pattern): boolean {
  if (pattern.kind === 'CapturePattern') return true;
  if (pattern.kind === 'AsPattern') return isIrrefutable(pattern.pattern);
  return pattern.kind === 'OrPattern' && pattern.alternatives.some(isIrrefutable);
}
