/** Lists as small as they can be. A list that grew item by item has room for sixteen more, and there are hundreds of
 *  thousands of lists. */

const NONE: readonly never[] = [];

/** The same items without the room; all empty lists are one. */
export function fitted<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list.slice();
}

/** For a list that was made in one go. */
export function shared<T>(list: readonly T[]): readonly T[] {
  return list.length === 0 ? NONE : list;
}
