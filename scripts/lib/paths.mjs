/** Where things are, whatever folder a script is started from. */
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

export const ROOT = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** @param {...string} parts */
export const fromRoot = (...parts) => join(ROOT, ...parts);

/** For messages: relative to the project, with forward slashes.
 *  @param {string} path */
export const toShown = (path) => relative(ROOT, path).replaceAll('\\', '/') || '.';

/** True when the module is the script that Node was started with, and not imported by another.
 *  @param {string} moduleUrl `import.meta.url` */
export const isMain = (moduleUrl) => process.argv[1] === fileURLToPath(moduleUrl);
