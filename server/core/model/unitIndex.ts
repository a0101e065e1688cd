/** Finds the units that contribute something under a key. Units come and go one by one, so that an edit costs as
 *  much as the units it touches. */
import type { FilePath } from '../base/filePath';
import type { UnitTree } from '../syntax/python/ast';

export interface IndexedUnit {
  readonly file: FilePath;
  readonly tree: UnitTree;
}

export class UnitIndex {
  readonly #byKey = new Map<string, IndexedUnit[]>();
  readonly keysOf: (tree: UnitTree) => Iterable<string>;

  /** `keysOf` must give the same keys for the same tree each time. */
  constructor(keysOf: (tree: UnitTree) => Iterable<string>) {
    this.keysOf = keysOf;
  }

  add(file: FilePath, tree: UnitTree): void {
    for (const key of this.keysOf(tree)) {
      const known = this.#byKey.get(key);
      if (known === undefined) this.#byKey.set(key, [{ file, tree }]);
      else known.push({ file, tree });
    }
  }

  remove(tree: UnitTree): void {
    for (const key of this.keysOf(tree)) {
      const left = (this.#byKey.get(key) ?? []).filter((unit) => unit.tree !== tree);
      if (left.length === 0) this.#byKey.delete(key);
      else this.#byKey.set(key, left);
    }
  }

  /** In no particular order. */
  get(key: string): readonly IndexedUnit[] {
    return this.#byKey.get(key) ?? [];
  }
}
