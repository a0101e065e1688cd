/** Folders in the user's cache that are made once and then shared by every run and every checkout.
 *
 *  Invariant: a folder under its final name is complete. It is made as `NAME.tmp-PID` and renamed, so an interrupted
 *  run or two runs at once leave nothing half-made behind. */
import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { withProgress } from '../lib/progress.mjs';

/** Bump when a recipe in install.mjs comes to install something else under the same name. */
const RECIPE = 1;

const READY = 'ready.json';

export const CACHE =
  process.env.MOAT_CACHE ?? join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'moat-e2e');

/** @param {string} key
 *  @param {(folder: string) => void} make fills an empty folder
 *  @returns {Promise<string>} the finished folder */
export async function cachedFolder(key, make) {
  const name = `${key}-r${RECIPE}`;
  const folder = join(CACHE, name);
  if (existsSync(join(folder, READY))) return folder;
  mkdirSync(CACHE, { recursive: true });
  removeLeftovers(name);
  const temporary = `${folder}.tmp-${process.pid}`;
  mkdirSync(temporary);
  try {
    await withProgress(`Installing ${key} into ${CACHE}`, () => {
      writeFileSync(join(temporary, 'package.json'), '{"private":true}');
      make(temporary);
    });
    writeFileSync(join(temporary, READY), JSON.stringify({ key, recipe: RECIPE }));
    moveInto(temporary, folder);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
  return folder;
}

/** Of two runs that finish at once the first wins; both folders are the same.
 *  @param {string} temporary
 *  @param {string} folder */
function moveInto(temporary, folder) {
  try {
    renameSync(temporary, folder);
  } catch (error) {
    if (!existsSync(join(folder, READY))) throw error;
  }
}

/** Removes what killed runs left, and a folder that never became ready.
 *  @param {string} name */
function removeLeftovers(name) {
  rmSync(join(CACHE, name), { recursive: true, force: true });
  for (const entry of readdirSync(CACHE)) {
    if (!entry.startsWith(`${name}.tmp-`)) continue;
    const pid = Number(entry.slice(entry.lastIndexOf('-') + 1));
    if (!isAlive(pid)) rmSync(join(CACHE, entry), { recursive: true, force: true });
  }
}

/** @param {number} pid */
function isAlive(pid) {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return /** @type {NodeJS.ErrnoException} */ (error).code === 'EPERM';
  }
}
