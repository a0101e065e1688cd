/** Makes the .vsix and weighs it: `npm run package`. */
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { fromRoot, isMain, ROOT, toShown } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';

/** The promise made for the package; a reader on a slow line waits for every byte. */
const LIMIT_BYTES = 600 * 1024;

/** The first folder or file of every path that may be shipped. */
const SHIPPED =
  /^((dist|snippets|images|media|l10n)\/|(package(\.nls[\w.-]*)?\.json|README\.md|CHANGELOG\.md|LICENSE)$)/;

/** @returns {Promise<{ file: string, sizeBytes: number }>} */
export async function packageExtension() {
  const file = fromRoot('out', 'moat-flask.vsix');
  rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  const stray = (await listFiles({ cwd: ROOT, packageManager: PackageManager.None })).filter(
    (path) => !SHIPPED.test(path.replaceAll('\\', '/')) || path.endsWith('.map'),
  );
  if (stray.length > 0) throw new ScriptError(`These do not belong into the package: ${stray.join(', ')}`);
  // Runs `vscode:prepublish`, the production build.
  await createVSIX({ cwd: ROOT, dependencies: false, packagePath: file });
  return { file, sizeBytes: statSync(file).size };
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    const { file, sizeBytes } = await withProgress('Packaging', packageExtension);
    const kilobytes = (/** @type {number} */ bytes) => `${Math.ceil(bytes / 1024)} KB`;
    console.log(`${toShown(file)}: ${kilobytes(sizeBytes)} of ${kilobytes(LIMIT_BYTES)}`);
    if (sizeBytes > LIMIT_BYTES) throw new ScriptError('The package is larger than promised.');
  });
}
