/** What a class of the project does with a password that is written to an attribute of its objects. */
import { accessorsOf } from '../model/contribution';
import type { Project } from '../model/project';
import type { ClassRef } from '../model/refs';
import { inside } from '../model/scope';
import { scopeOf } from '../model/scopes';
import { unitFacts } from '../model/unitFacts';
import type { Expression, Statement } from '../syntax/python/ast';

/** `kept`: it is a column and gets what is written. `watched`: a function, or a type, looks at it first. `sent`: the
 *  object is something that a client has sent. `field`: the attribute is an input of a form. `service`: the app logs in
 *  with it elsewhere, where a hash opens no door. */
export type PasswordAttribute = 'kept' | 'watched' | 'sent' | 'field' | 'service';

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
  if (own.some((one) => watches(one.node.body, attribute) || hasListener(project, one))) return 'watched';
  if (own.some(({ node }) => isService(scopeOf(node).bindings))) return 'service';
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

const SERVICE = /^(?:\w+_)?(?:host|hostname|server|port|dsn|base_url|endpoint)$/;

/** A record of another server, such as one for mail. */
function isService(bindings: ReadonlyMap<string, unknown>): boolean {
  return [...bindings.keys()].some((name) => SERVICE.test(name));
}

/** `listen(User, "before_insert", hash_password)`, `@event.listens_for(User.password, "set")`. */
function hasListener(project: Project, { file, node }: ClassRef): boolean {
  return (project.module(file)?.units ?? []).some(({ tree }) =>
    unitFacts(tree).calls.some(({ node: { func, args } }) => {
      const target = args[0]?.value;
      const owner = target?.kind === 'Attribute' ? target.value : target;
      return /^listens?(_for)?$/.test(nameOf(func)) && owner !== undefined && nameOf(owner) === node.name.id;
    }),
  );
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
