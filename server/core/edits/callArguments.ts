/** Keyword arguments of a call: found, replaced, added behind the others. */
import type { Argument, Call, Expression } from '../syntax/python/ast';
import type { EditList } from './editList';
import type { Located } from './outcome';
import { argumentEnd, indentationAt, isFirstOnLine, lineEndOf, lineStartAt, skipTrivia } from './pythonText';

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
  addArgumentBehind(text, { node, base }, node.args.at(-1), `${name}=${source}`, edits);
}

/** Puts an argument behind another one, or first: on a line of its own where the other one has one. */
export function addArgumentBehind(
  text: string,
  { node, base }: Located<Call>,
  before: Argument | undefined,
  source: string,
  edits: EditList,
): void {
  if (before === undefined) return edits.insert(base + node.argsRange.start + 1, source);
  const start = base + before.start;
  const end = argumentEnd(text, node, base, before);
  const isSpread =
    isFirstOnLine(text, start) && lineStartAt(text, base + node.argsRange.start) < lineStartAt(text, start);
  if (!isSpread) return edits.insert(end, `, ${source}`);
  const next = skipTrivia(text, end);
  const hasComma = text[next] === ',';
  // Behind the comment of the line, which is about the argument before.
  const from = hasComma && !/[\r\n#]/.test(text.slice(end, next)) ? next + 1 : end;
  const comment = /^[ \t]*#[^\r\n]*/.exec(text.slice(from))?.[0] ?? '';
  const line = `${lineEndOf(text)}${indentationAt(text, start)}${source}`;
  if (from > end) edits.insert(from + comment.length, `${line},`);
  else {
    edits.insert(end, hasComma ? `,${line}` : ',');
    if (!hasComma) edits.insert(end + comment.length, line);
  }
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
