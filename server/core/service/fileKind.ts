/** What a file is to Moat, by its path alone. */
import { basename, type FilePath } from '../base/filePath';
import { isTemplatePath } from '../model/templatePath';

export type FileKind = 'python' | 'template' | 'other';

/** Files beside code and templates that fixes and facts need. */
const OTHER_FILES = /^(\.env(\..+)?|\.gitignore|requirements.*\.txt|pyproject\.toml|moat\.toml|\.flaskenv)$/;

export function fileKind(file: FilePath): FileKind {
  if (file.endsWith('.py') || file.endsWith('.pyw')) return 'python';
  return isTemplatePath(file) && !OTHER_FILES.test(basename(file)) ? 'template' : 'other';
}

export function isRelevantFile(file: FilePath): boolean {
  return fileKind(file) !== 'other' || OTHER_FILES.test(basename(file));
}
