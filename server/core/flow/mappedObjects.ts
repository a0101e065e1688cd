/** Objects that an ORM loads: `Product.query.get(id)`, `db.session.get(Product, id)`,
 *  `session.execute(select(Product)…).scalar_one()`. They have the methods of their class; what is stored in them is
 *  of unknown origin.
 *  @see https://docs.sqlalchemy.org/en/20/orm/queryguide/query.html */
import type { ClassRef } from '../model/refs';
import type { Call, Expression } from '../syntax/python/ast';
import type { Frame } from './machine';

const LOADING =
  /^(?:get|get_or_404|first|first_or_404|one|one_or_404|one_or_none|scalar|scalar_one|scalar_one_or_none)$/;
const CHOOSING = /^(?:query|select|get|get_or_404|first_or_404|one_or_404)$/;
const MAPPED =
  /^(?:flask_sqlalchemy\.SQLAlchemy\.Model|sqlalchemy\.orm\.DeclarativeBase|sqlmodel\.SQLModel|peewee\.Model)$/;
/** Calls in front of the last one: `filter_by(…).order_by(…).first()`. */
const MAX_CHAIN = 10;

/** The mapped class whose object the call gives; undefined for other calls. */
export function loadedClass({ func, args }: Call, frame: Frame): ClassRef | undefined {
  if (func.kind !== 'Attribute' || !LOADING.test(func.attr.id)) return undefined;
  const given = CHOOSING.test(func.attr.id) ? args[0]?.value : undefined;
  return mapped(given, frame) ?? chosen(func.value, frame, MAX_CHAIN);
}

/** The class that a query is about. */
function chosen(node: Expression, frame: Frame, depth: number): ClassRef | undefined {
  if (depth === 0) return undefined;
  if (node.kind === 'Attribute') return node.attr.id === 'query' ? mapped(node.value, frame) : undefined;
  if (node.kind !== 'Call') return undefined;
  const { func, args } = node;
  const first = args.length > 0 && args[0]?.star === '' ? args[0].value : undefined;
  const name = func.kind === 'Attribute' ? func.attr.id : func.kind === 'Name' ? func.id : '';
  // `query(User.id)` and `query(User, Order)` give rows.
  if (CHOOSING.test(name)) return args.length === 1 ? mapped(first, frame) : undefined;
  if (name === 'execute' || name === 'scalars' || name === 'scalar')
    return first === undefined ? undefined : chosen(first, frame, depth - 1);
  return func.kind === 'Attribute' ? chosen(func.value, frame, depth - 1) : undefined;
}

function mapped(node: Expression | undefined, { machine: { project }, site }: Frame): ClassRef | undefined {
  if (node?.kind !== 'Name' && node?.kind !== 'Attribute') return undefined;
  return project.resolver
    .resolve(node, site)
    .filter((ref) => ref.kind === 'class')
    .find((ref) => project.resolver.bases(ref).library.some((name) => MAPPED.test(name)));
}
