/** Finds all statements that build a text in a variable, on whatever branches: `query = …` and every `query += …` up
 *  to the call. Other than with `collectQueryParts`, a part may be left out or repeated when the code runs. What is kept
 *  in step with every one of them is in step with the text, whatever way the code takes. */
import type { Statement } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import { blocksOf } from './blocks';
import type { TextPart } from './formatted';
import { answer, type Located, type Refusal, refuse } from './outcome';
import { beginsWith, type QueryPartsRequest, rejectOtherUses, valueFor } from './queryParts';

export interface ScatteredPart extends TextPart {
  readonly statement: Located<Statement>;
  readonly isInLoop: boolean;
  /** `query = …`: what the variable held before is forgotten. */
  readonly isBeginning: boolean;
}

export interface ScatteredParts {
  readonly kind: 'parts';
  /** In the order of the file; the first one is a beginning. */
  readonly parts: readonly ScatteredPart[];
}

export function collectScatteredParts(request: QueryPartsRequest): ScatteredParts | Refusal {
  return answer(() => ({ kind: 'parts' as const, parts: collect(request) }));
}

function collect(request: QueryPartsRequest): ScatteredPart[] {
  const { variable, call } = request;
  const parts = partsIn(request.scope, request, false);
  if (parts[0]?.isBeginning !== true) refuse(`\`${variable}\` is not built in front of the call`);
  const at = call.base + call.node.start;
  if (parts.some(({ statement }) => statement.base + statement.node.start >= at))
    refuse(`\`${variable}\` changes after the call`);
  rejectOtherUses(request, parts);
  return parts;
}

function partsIn(
  block: readonly Located<Statement>[],
  request: QueryPartsRequest,
  isInLoop: boolean,
): ScatteredPart[] {
  const { variable } = request;
  return block.flatMap((statement): ScatteredPart[] => {
    const { node, base } = statement;
    const value = valueFor(node, variable);
    if (value !== undefined) {
      const expression = request.unwrap?.(value) ?? value;
      const continues = beginsWith(expression, variable) ? { continues: variable } : {};
      const isBeginning = node.kind !== 'AugmentedAssign' && !('continues' in continues);
      return [{ node: expression, base, statement, isInLoop, isBeginning, ...continues }];
    }
    // What functions inside do with the name is their own.
    if (node.kind === 'FunctionDef' || node.kind === 'ClassDef') {
      const isMentioned = walk(node).some((inner) => inner.kind === 'Name' && inner.id === variable);
      return isMentioned ? refuse(`\`${variable}\` is shared with other functions`) : [];
    }
    const inside = isInLoop || node.kind === 'For' || node.kind === 'While';
    return blocksOf(node).flatMap((body) =>
      partsIn(
        body.map((inner) => ({ node: inner, base })),
        request,
        inside,
      ),
    );
  });
}
