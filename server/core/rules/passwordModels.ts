/** What a class of the project does with a password that is written to an attribute of its objects. */
import { accessorsOf } from '../model/contribution';
import type { Project } from '../model/project';
import type { ClassRef } from '../model/refs';
import { inside } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Expression, Statement } from '../syntax/python/ast';

/** `kept`: it is a column and gets what is written. `watched`: a function, or a type, looks at it first. `sent`: the
 *  object is something that a client has sent. `field`: the attribute is an input of a form. */
export type PasswordAttribute = 'kept' | 'watched' | 'sent' | 'field';

const COLUMN =
  /^(?:Column|mapped_column|StringField|CharField|TextField|FixedCharField|Field|String|Unicode)$/;
const HASHING_TYPE = /Password|Encrypted|Hash/i;

/** Undefined when the class does not say. */
export function attributeOf(
  project: Project,
  ref: ClassRef,
  attribute: string,
): PasswordAttribute | undefined {
  const { own, library } = project.resolver.bases(ref);
  if (library.some((name) => /Form$/.test(name))) return 'field';
  if (own.some(({ node }) => watches(node.body, attribute))) return 'watched';
  if (library.some((name) => /(?:^|\.)BaseModel$|Schema$/.test(name) && /pydantic|marshmallow/.test(name)))
    return 'sent';
  const isModel = library.some((name) => /Model$|Document$|Base$|SQLModel$/.test(name));
  for (const current of own) {
    const site = inside(current, current.node);
    for (const binding of scopeOf(current.node).bindings.get(attribute) ?? []) {
      if (binding.kind === 'annotation' && isModel) return 'kept';
      if (binding.kind !== 'value' || binding.value.kind !== 'Call') continue;
      const { func, args } = binding.value;
      const name = nameOf(func);
      if (!COLUMN.test(name)) return 'watched';
      const types = args.flatMap(({ value }) => [value, ...(value.kind === 'Call' ? [value.func] : [])]);
      const isOwnType = types.some((type) =>
        project.resolver.resolve(type, site).some(({ kind }) => kind === 'class' || kind === 'object'),
      );
      return isOwnType || types.some((type) => HASHING_TYPE.test(nameOf(type))) ? 'watched' : 'kept';
    }
  }
  return undefined;
}

/** A property, or a function that validates, stands between. */
function watches(body: readonly Statement[], attribute: string): boolean {
  return body.some(
    (node) =>
      node.kind === 'FunctionDef' &&
      (node.name.id === attribute || node.name.id === '__setattr__' || accessorsOf(node).includes(attribute)),
  );
}

function nameOf(node: Expression): string {
  return node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : '';
}
