/** Tests that look at the host of an address: `urlparse(target).netloc == request.host`, `not urlsplit(x).netloc`.
 *  What they prove holds for the address itself, though it was taken apart before, in a variable or on the spot. */
import { enclosingFunction, type Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Expression } from '../syntax/python/ast';
import type { Env } from './env';
import type { Frame } from './machine';
import { cleared, joinAll, type KindSet, kindSet, type Value } from './values';

/** Parts of an address, by the kinds of sinks that a known one makes it safe for. */
const PARTS: ReadonlyMap<string, KindSet> = new Map([
  ['netloc', kindSet(['redirect', 'ssrf', 'link'])],
  ['hostname', kindSet(['redirect', 'ssrf', 'link'])],
  ['scheme', kindSet(['link'])],
]);
const PARSERS = new Set(['urlparse', 'urlsplit', 'urljoin', 'url_parse']);
/** Assignments and calls that are followed back. */
const MAX_STEPS = 6;

/** True if the expression is the host or the scheme of some address. */
export function isAddressPart(node: Expression): node is Extract<Expression, { kind: 'Attribute' }> {
  return node.kind === 'Attribute' && PARTS.has(node.attr.id);
}

/** The addresses that a host was taken from are known to lead where the test says. */
export function clearChecked(part: Expression, env: Env, frame: Frame): void {
  const kinds = part.kind === 'Attribute' ? PARTS.get(part.attr.id) : undefined;
  if (!isAddressPart(part) || kinds === undefined) return;
  for (const name of addressesIn(part.value, frame.site, 0)) {
    const known = env.get(name);
    if (known !== undefined) env.set(name, { ...cleared(known, kinds), refs: known.refs });
  }
}

/** True if a text that begins with one of these constants cannot be an address of code. */
export function fixesScheme({ constants, contents }: Value): boolean {
  const starts = contents === undefined ? constants : joinAll([...contents.entries.values()]).constants;
  return (
    starts !== undefined &&
    starts.length > 0 &&
    contents?.rest === undefined &&
    starts.every((start) => typeof start === 'string' && HARMLESS_START.test(start))
  );
}

/** A path, a query, a fragment, or a scheme that no browser runs. */
const HARMLESS_START = /^(?:[/?#.]|(?!javascript|data|vbscript|blob|view-source)[a-z][a-z0-9+.-]*:)/i;

/** Variables whose text goes into a parsed address. */
function addressesIn(node: Expression, site: Site, depth: number): readonly string[] {
  if (depth > MAX_STEPS) return [];
  if (node.kind === 'Call' && isParser(node.func))
    return node.args.flatMap(({ value }) => addressesIn(value, site, depth + 1));
  if (node.kind !== 'Name') return [];
  const owner = enclosingFunction(site);
  const [binding, ...others] = owner === undefined ? [] : (scopeOf(owner).bindings.get(node.id) ?? []);
  const value = binding?.kind === 'value' && others.length === 0 ? binding.value : undefined;
  if (value?.kind !== 'Call') return [node.id];
  if (isParser(value.func)) return addressesIn(value, site, depth + 1);
  // `url = target.strip()`: what is proven of the one holds for the other.
  const source = value.func.kind === 'Attribute' ? addressesIn(value.func.value, site, depth + 1) : [];
  return [node.id, ...source];
}

function isParser(func: Expression): boolean {
  if (func.kind === 'Name') return PARSERS.has(func.id);
  return func.kind === 'Attribute' && PARSERS.has(func.attr.id);
}
