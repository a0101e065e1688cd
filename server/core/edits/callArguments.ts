/** Keyword arguments of a call: found, replaced, added behind the others. */
import type { Argument, Call, Expression } from '../syntax/python/ast';
import type { EditList } from './editList';
import type { Located } from './outcome';
import { argumentEnd } from './pythonText';

/** The argument passed by name, or by position when no `*` stands before it. */
export function givenArgument(call: Call, name: string, position?: number): Argument | undefined {
  const named = call.args.find((argument) => argument.name?.id === name);
  if (named !== undefined || position === undefined) return named;
  const before = call.args.slice(0, position + 1);
  return before.every((argument) => argument.star === '' && argument.name === undefined)
    ? before[position]
    : undefined;
}

/** `True` and `False`; undefined for everything else. */
export function booleanOf(node: Expression | undefined): boolean | undefined {
  if (node?.kind !== 'Constant' || (node.value !== 'True' && node.value !== 'False')) return undefined;
  return node.value === 'True';
}

/** Sets `name=source`: takes the place of the value that is there, or goes behind the last argument. */
export function setKeyword(
  text: string,
  { node, base }: Located<Call>,
  name: string,
  source: string,
  edits: EditList,
): void {
  const given = givenArgument(node, name);
  if (given !== undefined) {
    edits.replace(base + given.value.start, base + given.value.end, source);
    return;
  }
  const last = node.args.at(-1);
  if (last === undefined) edits.insert(base + node.argsRange.start + 1, `${name}=${source}`);
  else edits.insert(argumentEnd(text, node, base, last), `, ${name}=${source}`);
}

/** Takes an argument out, together with the comma that parts it from its neighbor. */
export function removeArgument(
  text: string,
  { node, base }: Located<Call>,
  argument: Argument,
  edits: EditList,
): void {
  const index = node.args.indexOf(argument);
  const before = node.args[index - 1];
  const after = node.args[index + 1];
  const end = argumentEnd(text, node, base, argument);
  if (before !== undefined) edits.remove(argumentEnd(text, node, base, before), end);
  else if (after !== undefined) edits.remove(base + argument.start, base + after.start);
  else edits.remove(base + argument.start, end);
}
