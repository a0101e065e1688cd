/** Where a node is: its file and the unit whose offsets it counts from. Survives edits elsewhere in the file. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import type { UnitTree } from '../syntax/python/ast';

/** A range in a unit of a Python file; in a template `tree` is absent and the range is absolute. */
export interface Place {
  readonly file: FilePath;
  readonly tree?: UnitTree;
  readonly range: Range;
}
