/** A place in the nest of scopes from which names are looked up. */
import type { FilePath } from '../base/filePath';
import type { FunctionDef, UnitTree } from '../syntax/python/ast';
import type { Owners } from './unitFacts';

/** Where an expression stands: the unit, and the definitions around it, outermost first. */
export interface Site {
  readonly file: FilePath;
  readonly tree: UnitTree;
  readonly owners: Owners;
}

/** The site inside a definition. */
export function inside(site: Site, owner: Site['owners'][number]): Site {
  const { file, tree, owners } = site;
  return { file, tree, owners: [...owners, owner] };
}

/** The innermost function around the site. */
export function enclosingFunction(site: Site): FunctionDef | undefined {
  return site.owners.findLast((owner) => owner.kind === 'FunctionDef') as FunctionDef | undefined;
}
