/** What views do that decides how the app must be protected. */
import { COOKIE_LOGIN } from '../knowledge/extensions';
import type { FunctionDef } from '../syntax/python/ast';
import { walk } from '../syntax/python/walk';
import type { Project } from './project';
import { routesOf } from './routes';
import type { Site } from './scope';

export type ViewTrait =
  /** A view changes something for a visitor whom it knows by a cookie, and nothing in it checks a token. */
  | 'openChange'
  /** A view reads a submitted form, and nothing in it checks a token. */
  | 'openForm'
  /** A view takes files. */
  | 'upload';

export const SAFE_METHODS: ReadonlySet<string> = new Set(['GET', 'HEAD', 'OPTIONS', 'TRACE']);
/** Methods of Flask-WTF's forms, which check their token. */
const CHECKS = new Set(['validate_on_submit', 'validate', 'validate_csrf', 'protect']);
/** What proves that the caller sent a token along. */
const TOKEN = /(^|_)(token|jwt|api_?key|hmac|signature|bearer|basic)(_|$)/i;

export function viewTraits(project: Project, node: FunctionDef, site: Site): readonly ViewTrait[] {
  const mayBeView = node.decorators.length > 0 || site.owners.at(-1)?.kind === 'ClassDef';
  const isRegistered = () => project.registrations().some(({ call }) => call.args.length > 0);
  if (!mayBeView && !isRegistered()) return [];
  const { file, tree, owners } = site;
  const routes = routesOf(project, { kind: 'function', file, tree, node, owners });
  if (!routes.some(({ methods }) => methods.some((method) => !SAFE_METHODS.has(method)))) return [];
  return traitsOf(project, node, site);
}

function traitsOf(project: Project, node: FunctionDef, site: Site): readonly ViewTrait[] {
  const inner: Site = { ...site, owners: [...site.owners, node] };
  const used = { form: false, cookie: false, upload: false };
  let isChecked = false;
  for (const part of walk([node])) {
    if (part.kind === 'Name' && TOKEN.test(part.id)) isChecked ||= isDecorator(node, part);
    if (part.kind === 'Call' && part.func.kind === 'Attribute' && CHECKS.has(part.func.attr.id))
      isChecked = true;
    if (part.kind === 'Attribute' && REQUEST_PARTS.has(part.attr.id))
      for (const ref of project.resolver.resolve(part, inner)) {
        const name = 'name' in ref ? ref.name : '';
        if (name === 'flask.request.form' || name === 'flask.request.values') used.form = true;
        if (name === 'flask.request.files') used.upload = true;
      }
    if (part.kind === 'Attribute' && TOKEN.test(part.attr.id)) isChecked ||= isDecorator(node, part);
    if (part.kind === 'Name' && COOKIE_NAMES.test(part.id))
      for (const ref of project.resolver.resolve(part, inner))
        if (ref.kind === 'external' && (ref.name === 'flask.session' || COOKIE_LOGIN.has(ref.name)))
          used.cookie = true;
  }
  const traits: ViewTrait[] = [];
  if (used.upload) traits.push('upload');
  if (!isChecked && (used.form || used.upload)) traits.push('openForm');
  if (!isChecked && used.cookie) traits.push('openChange');
  return traits;
}

/** True for a view that asks for a token itself, in its body or by a decorator. */
export function checksOwnToken(node: FunctionDef): boolean {
  return walk([node]).some((part) => {
    if (part.kind === 'Call') return part.func.kind === 'Attribute' && CHECKS.has(part.func.attr.id);
    const name = part.kind === 'Name' ? part.id : part.kind === 'Attribute' ? part.attr.id : '';
    return TOKEN.test(name) && isDecorator(node, part);
  });
}

const REQUEST_PARTS = new Set(['form', 'values', 'files']);
const COOKIE_NAMES = /session|user|login|auth|role/i;

/** True for a part of a decorator: `@token_required`, `@auth.token.login_required`. */
function isDecorator(node: FunctionDef, part: { readonly start: number; readonly end: number }): boolean {
  return node.decorators.some(({ start, end }) => start <= part.start && part.end <= end);
}
