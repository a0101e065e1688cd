/** What graphene's classes declare of the arguments of their resolvers: `post = graphene.Field(Post, id=graphene.Int())`,
 *  `class Arguments: id = graphene.ID()`.
 *  @see https://docs.graphene-python.org/en/latest/types/scalars/ */
import type { Site } from '../model/scope';
import type { ClassDef, Expression, Statement } from '../syntax/python/ast';

const NUMBERS = new Set(['Int', 'BigInt', 'Float', 'Decimal', 'Boolean', 'Date', 'DateTime', 'Time', 'UUID']);
/** `graphene.Argument(graphene.Int)`, `graphene.NonNull(graphene.Int)`. */
const WRAPPERS = new Set(['Argument', 'NonNull', 'List']);

/** True for an argument that can be no text. */
export function isNumberField(name: string, { owners }: Site): boolean {
  const [cls, method] = owners.slice(-2);
  if (cls?.kind !== 'ClassDef' || method?.kind !== 'FunctionDef') return false;
  const field = method.name.id.replace(/^resolve_/, '');
  const declared = valueIn(cls, field);
  const given =
    declared?.kind === 'Call'
      ? declared.args.find((argument) => argument.name?.id === name)?.value
      : undefined;
  const nested = cls.body.find(
    (statement): statement is ClassDef =>
      statement.kind === 'ClassDef' && /^(?:Arguments|Input)$/.test(statement.name.id),
  );
  const type = given ?? (nested && valueIn(nested, name));
  return type !== undefined && isNumber(type);
}

function valueIn({ body }: ClassDef, name: string): Expression | undefined {
  const found = body.find((statement: Statement) => {
    const [target] = statement.kind === 'Assign' ? statement.targets : [];
    return target?.kind === 'Name' && target.id === name;
  });
  return found?.kind === 'Assign' ? found.value : undefined;
}

function isNumber(node: Expression): boolean {
  const callee = node.kind === 'Call' ? node.func : node;
  const name = callee.kind === 'Attribute' ? callee.attr.id : callee.kind === 'Name' ? callee.id : '';
  const [inner] = node.kind === 'Call' && WRAPPERS.has(name) ? node.args : [];
  return inner === undefined ? NUMBERS.has(name) : isNumber(inner.value);
}
