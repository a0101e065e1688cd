/** The expressions that a text at a sink is put together from: the argument itself, or the assignments to it. */
import type { TextPart } from '../edits/formatted';
import type { Located, Refusal } from '../edits/outcome';
import { collectQueryParts } from '../edits/queryParts';
import { collectScatteredParts, type ScatteredPart } from '../edits/scatteredParts';
import type { SinkHit } from '../flow/machine';
import { enclosingFunction, type Site } from '../model/scope';
import type { Call, Expression, Statement } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { FileContext } from './context';

/** Parts of the text that `argument` names; `call` is the one that receives it. */
export function textParts(
  context: FileContext,
  site: SinkHit['site'],
  argument: Expression,
  call: Call,
): readonly TextPart[] | Refusal {
  const base = context.baseOf(site.tree);
  if (argument.kind !== 'Name') return [{ node: argument, base }];
  const scope = statementsAround(context, site);
  const found = collectQueryParts({ scope, variable: argument.id, call: { node: call, base } });
  return found.kind === 'parts' ? found.parts : found;
}

/** The same where the text is built on branches; see `collectScatteredParts`. */
export function scatteredParts(
  context: FileContext,
  site: SinkHit['site'],
  argument: Expression,
  call: Call,
): readonly ScatteredPart[] | Refusal {
  const base = context.baseOf(site.tree);
  if (argument.kind !== 'Name') return { kind: 'refused', reason: 'the text is not built in a variable' };
  const scope = statementsAround(context, site);
  const found = collectScatteredParts({ scope, variable: argument.id, call: { node: call, base } });
  return found.kind === 'parts' ? found.parts : found;
}

/** The body of the function around a site, or every statement of the module. */
export function statementsAround(context: FileContext, site: Site): readonly Located<Statement>[] {
  const owner = enclosingFunction(site);
  const base = context.baseOf(site.tree);
  if (owner !== undefined) return owner.body.map((node) => ({ node, base }));
  return (context.module?.units ?? []).flatMap((unit) =>
    unit.tree.body.map((node) => ({ node, base: unit.base })),
  );
}

/** What a local name stands for when the function around it assigns it exactly once; the node itself otherwise. */
export function assignedOnce(node: Expression, site: Site): Expression {
  const owner = enclosingFunction(site);
  if (node.kind !== 'Name' || owner === undefined) return node;
  if (owner.params.some((parameter) => parameter.name.id === node.id)) return node;
  const values: (Expression | undefined)[] = [];
  for (const statement of owner.body)
    for (const inner of walk(statement)) {
      if (inner.kind === 'Assign' && inner.targets.some((target) => isName(target, node.id)))
        values.push(inner.value);
      else if (inner.kind === 'AnnotatedAssign' && isName(inner.target, node.id)) values.push(inner.value);
      else if (inner.kind === 'Named' && inner.target.id === node.id) values.push(inner.value);
      else if (inner.kind === 'AugmentedAssign' && isName(inner.target, node.id)) values.push(undefined);
      else if (inner.kind === 'For' && walk(inner.target).some((target) => isName(target, node.id)))
        values.push(undefined);
    }
  const [value] = values;
  return values.length === 1 && value !== undefined ? value : node;
}

function isName(node: object, id: string): boolean {
  return 'kind' in node && node.kind === 'Name' && 'id' in node && node.id === id;
}
