/** The way untrusted data takes, as it is told to a person. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';

/** One step, in plain words: "`name` is read from the query string". Absolute range in `file`. */
export interface FlowStep {
  readonly file: FilePath;
  readonly range: Range;
  readonly message: string;
}
