/** Trees of units are the same ones while their text is; where they stand in a file changes. */
import type { Module, Unit, UnitTree } from '../syntax/python/ast';

const treeIds = new WeakMap<UnitTree, number>();
let nextTreeId = 0;

/** A number for each tree; the same tree has the same one. */
export function treeId(tree: UnitTree): number {
  let id = treeIds.get(tree);
  if (id === undefined) {
    id = nextTreeId++;
    treeIds.set(tree, id);
  }
  return id;
}

const unitsByTree = new WeakMap<Module, Map<UnitTree, Unit>>();

/** The unit that holds a tree, with its present place; undefined if the tree is no longer in the file. */
export function unitOf(module: Module, tree: UnitTree): Unit | undefined {
  let units = unitsByTree.get(module);
  if (units === undefined) {
    units = new Map(module.units.map((unit) => [unit.tree, unit]));
    unitsByTree.set(module, units);
  }
  return units.get(tree);
}
