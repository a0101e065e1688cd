/** Literal values of string expressions. */
import type { Expression, StringExpression } from './ast';

/** The value of a string without holes, adjacent literals joined; undefined when it has holes or is bytes. */
export function textOfString(node: StringExpression): string | undefined {
  if (node.isBytes) return undefined;
  let text = '';
  for (const token of node.tokens)
    for (const piece of token.pieces) {
      if (piece.kind !== 'Text') return undefined;
      text += piece.value;
    }
  return text;
}

/** The text of an expression that is a plain string literal. */
export function literalText(node: Expression): string | undefined {
  return node.kind === 'String' ? textOfString(node) : undefined;
}
