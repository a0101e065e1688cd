/** Makes the .vsix and weighs it: `npm run package`. */
import { readdirSync, rmSync, statSync } from 'node:fs';
import { createVSIX, listFiles, PackageManager } from '@vscode/vsce';
import { fromRoot, isMain, ROOT, toShown } from './lib/paths.mjs';
import { runScript, ScriptError, withProgress } from './lib/progress.mjs';

/** The promise made for the package; a reader on a slow line waits for every byte. */
const LIMIT_BYTES = 600 * 1024;

/** The first folder or file of every path that may be shipped. */
const SHIPPED = /^(dist\/|snippets\/|images\/|media\/|(package\.json|README\.md|CHANGELOG\.md|LICENSE)$)/;

/** @returns {Promise<{ file: string, sizeBytes: number }>} */
export async function packageExtension() {
  for (const name of readdirSync(ROOT)) {
    if (/^moat-flask-.*\.vsix$/.test(name)) rmSync(fromRoot(name));
  }
  const stray = (await listFiles({ cwd: ROOT, packageManager: PackageManager.None })).filter(
    (path) => !SHIPPED.test(path.replaceAll('\\', '/')) || path.endsWith('.map'),
  );
  if (stray.length > 0) throw new ScriptError(`These do not belong into the package: ${stray.join(', ')}`);
  // Runs `vscode:prepublish`, the production build.
  await createVSIX({ cwd: ROOT, dependencies: false, packagePath: packagePath() });
  const file = packagePath();
  return { file, sizeBytes: statSync(file).size };
}

/** Where the package is, whether it has been made or not. */
export function packagePath() {
  return fromRoot('out', 'moat-flask.vsix');
}

if (isMain(import.meta.url)) {
  await runScript(async () => {
    const { file, sizeBytes } = await withProgress('Packaging', packageExtension);
    const kilobytes = (bytes) => `${Math.ceil(bytes / 1024)} KB`;
    console.log(`${toShown(file)}: ${kilobytes(sizeBytes)} of ${kilobytes(LIMIT_BYTES)}`);
    if (sizeBytes > LIMIT_BYTES) throw new ScriptError('The package is larger than promised.');
  });
}
