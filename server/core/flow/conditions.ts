/** Whether the arguments of a call are what a row of the knowledge asks for. */
import type { ArgumentRef, Condition, Expectation } from '../knowledge/library';
import type { Call } from '../syntax/python/ast';
import type { Arguments } from './calls';
import { textParts, type Value } from './values';

/** Index among the call's arguments of the one given for a parameter; -1 when it is not given. */
export function argumentIndex(node: Call, ref: ArgumentRef): number {
  const { name, position } = ref;
  const named = name === undefined ? -1 : node.args.findIndex((argument) => argument.name?.id === name);
  if (named >= 0 || position === undefined) return named;
  const isReached = node.args.slice(0, position + 1).every((other) => other.star === '' && !other.name);
  return isReached && position < node.args.length ? position : -1;
}

/** True when a condition holds for sure. */
export function holds(condition: Condition, node: Call, args: Arguments): boolean {
  const value = args.inOrder[argumentIndex(node, condition.argument)] ?? unpacked(condition.argument, args);
  if (value === undefined) return condition.values?.includes('absent') === true && !isHiding(args);
  const [key, ...path] = condition.path ?? [];
  return key === undefined ? isAsExpected(value, condition) : holdsInside(value, key, path, condition);
}

/** True when `*args` or `**options` may give what is not seen. */
function isHiding({ star, spread }: Arguments): boolean {
  return (
    star !== undefined ||
    (spread !== undefined && (spread.contents === undefined || spread.contents.rest !== undefined))
  );
}

/** What `**options` gives for an argument, when its keys are known. */
function unpacked({ name }: ArgumentRef, { spread }: Arguments): Value | undefined {
  return name === undefined ? undefined : spread?.contents?.entries.get(`k:${name}`);
}

function holdsInside(value: Value, key: string, path: readonly string[], expected: Expectation): boolean {
  const { contents } = value;
  if (contents === undefined) return expected.values?.includes('unknown') === true;
  const [next, ...rest] = path;
  const goOn = (element: Value) =>
    next === undefined ? isAsExpected(element, expected) : holdsInside(element, next, rest, expected);
  if (key === '*') return [...contents.entries.values()].some(goOn);
  const element = contents.entries.get(`k:${key}`) ?? contents.entries.get(`i:${key}`);
  if (element !== undefined) return goOn(element);
  return contents.rest === undefined && expected.values?.includes('absent') === true;
}

/** True when a value is for sure what is expected. */
export function isAsExpected(value: Value, expected: Expectation): boolean {
  const { values = [], pattern, start, below, refs } = expected;
  if (value.refs.some((ref) => 'name' in ref && refs?.includes(ref.name))) return true;
  const { constants } = value;
  if (constants === undefined || constants.length === 0)
    return values.includes('unknown') || start?.test(knownStart(value)) === true;
  return constants.every(
    (known) =>
      values.includes(known) ||
      (typeof known === 'string' && (pattern?.test(known) === true || start?.test(known) === true)) ||
      (typeof known === 'number' && below !== undefined && known < below),
  );
}

/** What a text that is put together begins with. */
function knownStart(value: Value): string {
  const [first] = value.text === undefined ? [] : textParts(value);
  return first !== undefined && 'text' in first ? first.text : '';
}
