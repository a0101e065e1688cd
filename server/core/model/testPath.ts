import { basename, type FilePath } from '../base/filePath';

/** Tests, their fixtures and set-up: by the names pytest and unittest look for. */
export function isTestPath(file: FilePath): boolean {
  return /(^|\/)tests?\//.test(file) || /^(test_.*|.*_test|conftest)\.py$/.test(basename(file));
}
