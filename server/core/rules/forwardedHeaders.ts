/** Headers in which a proxy writes whom it speaks for, and in which visitors can write what they like. */
import { givenArgument } from '../edits/callArguments';
import type { Project } from '../model/project';
import type { Site } from '../model/scope';
import type { UnitFacts } from '../model/unitFacts';
import type { Comparison, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walk, walkExpressions, walkStatements } from '../syntax/python/walk';
import { lastName } from './passwordRoles';
import { assignedOnce } from './textParts';

const FORWARDED =
  /^(?:HTTP_)?(?:X[-_](?:Forwarded[-_]For|Real[-_]IP|Client[-_]IP|Cluster[-_]Client[-_]IP)|True[-_]Client[-_]IP|Client[-_]IP|CF[-_]Connecting[-_]IP|Forwarded)$/i;

/** `request.headers.get("X-Forwarded-For")`, `request.environ[…]`, `request.access_route`: an address that stands in
 *  a header. */
export function readsForwarded(project: Project, node: Expression, site: Site): boolean {
  if (node.kind === 'Attribute')
    return node.attr.id === 'access_route' && isNamed(project, node, site, /^flask\.request\.access_route$/);
  if (node.kind === 'Subscript')
    return isForwardedName(node.index) && isNamed(project, node.value, site, HEADERS);
  return (
    node.kind === 'Call' &&
    node.func.kind === 'Attribute' &&
    /^(?:get|getlist|get_all)$/.test(node.func.attr.id) &&
    isForwardedName(givenArgument(node, 'key', 0)?.value) &&
    isNamed(project, node.func.value, site, HEADERS)
  );
}

const HEADERS = /^flask\.request\.(?:headers|environ)$/;

function isForwardedName(key: Expression | undefined): boolean {
  return key !== undefined && FORWARDED.test(literalText(key) ?? '');
}

function isNamed(project: Project, node: Expression, site: Site, name: RegExp): boolean {
  return project.resolver.resolve(node, site).some((ref) => 'name' in ref && name.test(ref.name));
}

/** Comparisons of such an address with addresses that may do more. */
export function addressDecisions(
  project: Project,
  facts: UnitFacts,
  siteOf: (owners: Site['owners']) => Site,
): readonly Comparison[] {
  return facts.comparisons.flatMap(({ node, owners }) =>
    isDecision(project, node, siteOf(owners)) ? [node] : [],
  );
}

function isDecision(project: Project, { left, ops, comparators }: Comparison, site: Site): boolean {
  const [right] = comparators;
  if (right === undefined || ops.length > 1) return false;
  const isEqual = ops[0] === '==' || ops[0] === '!=';
  if (!isEqual && ops[0] !== 'in' && ops[0] !== 'not in') return false;
  const isFor = (sent: Expression, known: Expression) =>
    namesAddresses(known, site) && isForwarded(project, sent, site);
  return isFor(left, right) || (isEqual && isFor(right, left));
}

/** Addresses as written, or a list of them by its name. */
function namesAddresses(node: Expression, site: Site): boolean {
  const source = assignedOnce(node, site);
  const texts = walk(source).flatMap((part) => (part.kind === 'String' ? (literalText(part) ?? []) : []));
  if (texts.some((text) => /^(?:\d{1,3}\.){1,3}\d{0,3}(?:\/\d+)?$|^::1$|^localhost$/.test(text))) return true;
  return (
    texts.length === 0 &&
    /(?:^|_)(?:ip|ips|addr|addrs|addresses|networks?)(?:_|$)/i.test(lastName(node) ?? '')
  );
}

/** The header, or what is left of it after `split` and the like; also from a function of the project. */
function isForwarded(project: Project, node: Expression, site: Site, depth = 0): boolean {
  const source = assignedOnce(node, site);
  if (walkExpressions(source).some((part) => readsForwarded(project, part, site))) return true;
  if (source.kind !== 'Call' || depth > 2) return false;
  return project.resolver.resolve(source.func, site).some((ref) => {
    if (ref.kind !== 'function') return false;
    const inside: Site = { file: ref.file, tree: ref.tree, owners: [...ref.owners, ref.node] };
    return walkStatements(ref.node.body).some(
      (statement) =>
        statement.kind === 'Return' &&
        statement.value !== undefined &&
        isForwarded(project, statement.value, inside, depth + 1),
    );
  });
}
