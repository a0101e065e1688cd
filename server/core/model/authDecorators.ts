/** Decorators that let a view be called by some people only: those of libraries by name, those of the project by what
 *  their wrapper does. */
import { COOKIE_LOGIN } from '../knowledge/extensions';
import { wordsOf } from '../knowledge/sensitiveNames';
import type { Expression, FunctionDef } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { Project } from './project';
import type { Site } from './scope';

const ASKS = new Set(['required', 'requires', 'require', 'accepted', 'only', 'protected']);
const ABOUT = new Set([
  ...['login', 'auth', 'authenticated', 'authorized', 'jwt', 'token', 'role', 'roles', 'permission'],
  ...['permissions', 'admin', 'user', 'oauth', 'superuser', 'staff', 'scope', 'scopes'],
]);
/** Who is asking, as wrappers find it out. */
const IDENTITY =
  /^(current_user|session|user|logged_in|authorization|is_authenticated|is_admin|get_jwt\w*|\w*token\w*)$/i;
/** How they turn somebody away. */
const REFUSAL = /^(abort|redirect|unauthorized|Unauthorized|Forbidden|HTTPException)$/;

export function isAuthDecorator(project: Project, node: Expression, site: Site): boolean {
  const callee = node.kind === 'Call' ? node.func : node;
  const refs = project.resolver.resolve(callee, site);
  return refs.some((ref) => {
    if (ref.kind === 'external') return COOKIE_LOGIN.has(ref.name) || isAuthName(ref.name);
    return ref.kind === 'function' && guards(project.current(ref).node);
  });
}

/** `flask_jwt_extended.jwt_required`, `flask_httpauth.HTTPBasicAuth.login_required`. */
function isAuthName(name: string): boolean {
  const [owner = '', last = ''] = name.split('.').slice(-2);
  const words = wordsOf(last);
  return (
    words.some((word) => ASKS.has(word)) && [...words, ...wordsOf(owner)].some((word) => ABOUT.has(word))
  );
}

/** A decorator whose wrapper looks at who is asking, and sends some away. */
function guards(node: FunctionDef): boolean {
  const inside = walk(node.body);
  const names = inside.flatMap((one) =>
    one.kind === 'Name' ? [one.id] : one.kind === 'Attribute' ? [one.attr.id] : [],
  );
  return (
    inside.some((one) => one.kind === 'FunctionDef') &&
    names.some((name) => IDENTITY.test(name)) &&
    (names.some((name) => REFUSAL.test(name)) || inside.some(isRefusedStatus))
  );
}

/** `return {…}, 401`. */
function isRefusedStatus(node: ReturnType<typeof walk>[number]): boolean {
  return node.kind === 'Number' && (node.value === 401 || node.value === 403);
}
