/** What a rule may read about the file it checks. */
import type { FilePath } from '../base/filePath';

export interface FileContext {
  readonly file: FilePath;
  readonly text: string;
}
