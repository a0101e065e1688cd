/** Code that runs on the developer's own machine only, as far as it says so. */
import { basename, type FilePath } from '../base/filePath';
import { wordsOf } from '../knowledge/sensitiveNames';
import type { Expression, Statement } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import { walkExpressions } from '../syntax/python/walk';
import type { Site } from './scope';
import { bodiesOf } from './unitFacts';

const DEVELOPMENT = new Set([
  'dev',
  'devel',
  'develop',
  'development',
  'debug',
  'local',
  'example',
  'examples',
]);

/** `run_dev.py`, `debug_server.py`, `examples/app.py`. */
export function isDevelopmentFile(file: FilePath): boolean {
  const words = wordsOf(basename(file).replace(/\.py$/, ''));
  return words.some((word) => DEVELOPMENT.has(word)) || isExampleFile(file);
}

/** `examples/app.py`: shows how something is used, and runs nowhere. */
export function isExampleFile(file: FilePath): boolean {
  const folders = file.split('/').slice(0, -1);
  return folders.some((folder) => /^(examples?|docs?|samples?|tutorials?)$/i.test(folder));
}

/** True where an `if` around it asks for development: `if app.debug:`, `if os.environ["ENV"] == "development":`. */
export function isBehindDevelopmentSwitch({ tree }: Pick<Site, 'tree'>, place: Expression): boolean {
  return isBehind(tree.body, place, asksForDevelopment);
}

const CHECKING = new Set(
  'verify verification validate validation insecure skip ignore unverified selfsigned signed trust check'.split(
    ' ',
  ),
);

/** True where whoever runs the app has switched a check off: `if settings.skip_verify:`, `if not verify_ssl:`. */
export function isBehindCheckSwitch({ tree }: Pick<Site, 'tree'>, place: Expression): boolean {
  return isBehind(tree.body, place, (test) => mentions(test, CHECKING));
}

function isBehind(
  body: readonly Statement[],
  place: Expression,
  asks: (test: Expression) => boolean,
): boolean {
  const around = body.find((statement) => statement.start <= place.start && place.end <= statement.end);
  if (around === undefined) return false;
  if (
    around.kind === 'If' &&
    around.body.some((inner) => inner.start <= place.start && place.end <= inner.end)
  )
    if (asks(around.test)) return true;
  return bodiesOf(around).some((block) => isBehind(block, place, asks));
}

function asksForDevelopment(test: Expression): boolean {
  return !(test.kind === 'Unary' && test.op === 'not') && mentions(test, DEVELOPMENT);
}

function mentions(test: Expression, wanted: ReadonlySet<string>): boolean {
  return walkExpressions(test).some((node) => {
    const text =
      node.kind === 'Name' ? node.id : node.kind === 'Attribute' ? node.attr.id : literalText(node);
    return text !== undefined && wordsOf(text).some((word) => wanted.has(word));
  });
}
