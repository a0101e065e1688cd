/** Tests on paths: a resolved path that starts with a folder, and what the start of a text proves. */
import type { Value } from './values';
import { type KindSet, kindSet } from './values';

const RESOLVED = new Set(['os.path.ResolvedPath', 'pathlib.ResolvedPath']);

/** A path without `..` and links: a comparison with a folder tells something of it. */
export function isResolvedPath(value: Value): boolean {
  return value.refs.some((ref) => ref.kind === 'instance' && RESOLVED.has(ref.name));
}

/** Every resolved path starts with these. */
const NO_FOLDERS = new Set(['', '/', '.', '..', '\\']);

/** True if starting with this text may mean to lie in a folder. */
export function namesFolder(prefix: Value): boolean {
  return prefix.constants?.some((text) => typeof text === 'string' && NO_FOLDERS.has(text)) !== true;
}

const HOST = /^(?:https?:)?\/\/[^/\\?#@]+[/?#]/i;
const LOCAL = /^\/[^/\\]/;

/** What it proves that a text starts with one of some prefixes, or with none of them. */
export function provenByStart(prefixes: readonly string[], outcome: boolean): KindSet {
  if (prefixes.length === 0) return 0;
  if (!outcome) {
    let kinds = 0;
    if (prefixes.includes('/')) kinds |= kindSet(['relative', 'oneSlash']);
    if (prefixes.includes('//')) kinds |= kindSet(['oneSlash']);
    if (prefixes.includes('..')) kinds |= kindSet(['noParent']);
    // Whoever asks for the start of an option or a formula has it in mind.
    if (prefixes.some((prefix) => /^[-=]$/.test(prefix))) kinds |= kindSet(['trust']);
    return kinds;
  }
  if (prefixes.every((prefix) => HOST.test(prefix))) return kindSet(['redirect', 'ssrf']);
  if (prefixes.every((prefix) => LOCAL.test(prefix))) return kindSet(['redirect', 'rooted', 'oneSlash']);
  return prefixes.every((prefix) => prefix.startsWith('/')) ? kindSet(['rooted']) : 0;
}
