/** Tests that look at the host of an address: `urlparse(target).netloc == request.host`, `not urlsplit(x).netloc`.
 *  What they prove holds for the address itself, though it was taken apart before, in a variable or on the spot. */
import { enclosingFunction, type Site } from '../model/scope';
import { scopeOf } from '../model/scopes';
import type { Call, Expression } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { joinAll, type KindSet, kindSet, type Value } from './values';

/** Parts of an address, by the kinds of sinks that a known one makes it safe for. */
const PARTS: ReadonlyMap<string, KindSet> = new Map([
  ['netloc', kindSet(['redirect', 'ssrf', 'link'])],
  ['hostname', kindSet(['redirect', 'ssrf', 'link'])],
  ['scheme', kindSet(['link'])],
]);
const PARSERS = new Set(['urlparse', 'urlsplit', 'urljoin', 'url_parse']);
/** Methods under which a host stays the same host. */
const SAME_HOST = new Set(['lower', 'strip', 'casefold', 'rstrip', 'split']);
/** Assignments and calls that are followed back. */
const MAX_STEPS = 6;

export interface AddressPart {
  /** What the part was taken from. */
  readonly addresses: readonly Expression[];
  /** Kinds of sinks that the addresses are safe for when the part is known. */
  readonly kinds: KindSet;
}

/** The addresses that a host or scheme was taken from; undefined when the expression is neither. */
export function addressPartOf(part: Expression, site: Site): AddressPart | undefined {
  const parsed = parsedFor(part, site, 0);
  return parsed === undefined
    ? undefined
    : { addresses: addressesIn(parsed.whole, site, 0), kinds: PARTS.get(parsed.part) ?? 0 };
}

interface Parsed {
  readonly whole: Expression;
  readonly part: string;
}

/** What was taken apart to get a part of it. */
function parsedFor(part: Expression, site: Site, depth: number): Parsed | undefined {
  if (depth > MAX_STEPS) return undefined;
  if (part.kind === 'Attribute' && PARTS.has(part.attr.id)) return { whole: part.value, part: part.attr.id };
  if (part.kind === 'Subscript') {
    if (part.index.kind !== 'Number') return undefined;
    // `netloc.split(":")[0]`
    return elementOf(part.value, Number(part.index.value)) ?? parsedFor(part.value, site, depth + 1);
  }
  if (part.kind === 'Call' && part.func.kind === 'Attribute' && SAME_HOST.has(part.func.attr.id))
    return parsedFor(part.func.value, site, depth + 1);
  if (part.kind === 'Boolean') return part.values[0] && parsedFor(part.values[0], site, depth + 1);
  if (part.kind !== 'Name') return undefined;
  const binding = onlyBinding(part.id, site);
  if (binding?.kind !== 'value') return undefined;
  if (binding.access.kind === 'whole') return parsedFor(binding.value, site, depth + 1);
  return binding.access.kind === 'element' ? elementOf(binding.value, binding.access.index) : undefined;
}

/** `urlparse(x)[1]`, or the second of the variables it is unpacked to. */
function elementOf(node: Expression, index: number): Parsed | undefined {
  const part = ['scheme', 'netloc'][index];
  return part === undefined || parserArguments(node) === undefined ? undefined : { whole: node, part };
}

/** Expressions whose text goes into a parsed address. */
function addressesIn(node: Expression, site: Site, depth: number): readonly Expression[] {
  if (depth > MAX_STEPS) return [];
  const taken = parserArguments(node);
  if (taken !== undefined) return taken.flatMap((value) => addressesIn(value, site, depth + 1));
  const inner = node.kind === 'Call' ? cleaned(node) : undefined;
  if (inner !== undefined) return [node, ...addressesIn(inner, site, depth + 1)];
  if (node.kind !== 'Name') return [node];
  const binding = onlyBinding(node.id, site);
  const value = binding?.kind === 'value' ? binding.value : undefined;
  if (value?.kind !== 'Call') return [node];
  if (parserArguments(value) !== undefined) return addressesIn(value, site, depth + 1);
  // `url = target.strip()`: what is proven of the one holds for the other.
  const source = value.func.kind === 'Attribute' ? addressesIn(value.func.value, site, depth + 1) : [];
  return [node, ...source];
}

/** `target.replace("\\", "/")`, as browsers read it; `target.strip()`. */
function cleaned({ func, args }: Call): Expression | undefined {
  if (func.kind !== 'Attribute') return undefined;
  const [first] = args;
  const isBackslash = first !== undefined && literalText(first.value) === '\\';
  return func.attr.id === 'strip' || (func.attr.id === 'replace' && isBackslash) ? func.value : undefined;
}

function onlyBinding(name: string, site: Site) {
  const owner = enclosingFunction(site);
  const [binding, ...others] = owner === undefined ? [] : (scopeOf(owner).bindings.get(name) ?? []);
  return others.length === 0 ? binding : undefined;
}

/** What a call that takes addresses apart is given; undefined for other expressions. */
function parserArguments(node: Expression): readonly Expression[] | undefined {
  if (node.kind !== 'Call') return undefined;
  const { func } = node;
  const name = func.kind === 'Name' ? func.id : func.kind === 'Attribute' ? func.attr.id : '';
  return PARSERS.has(name) ? node.args.map(({ value }) => value) : undefined;
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
