/** Files whose faults harm nobody: tests, and code that is run once or kept by others. */
import { basename, type FilePath } from '../base/filePath';

/** By the names that pytest, unittest, Alembic and packagers look for: `tests/`, `end_to_end_tests/`, `conftest.py`, `testutils.py`,
 *  `migrations/versions/`, `node_modules/`, `_vendor/`. */
const FOLDERS =
  /(^|\/)((\w+_)?tests?|testing|(migrations|alembic)\/versions|node_modules|site-packages|_?vendor(ed)?|third_party)\//;
const FILES = /^(test_.*|.*_test|conftest|test_?(utils?|helpers?|case|base)|testing|pytest_.*)\.py$/;

export function isTestPath(file: FilePath): boolean {
  return FOLDERS.test(file) || FILES.test(basename(file));
}
