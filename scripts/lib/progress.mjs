/** One line per thing that takes time. On a terminal the line is replaced when it is done; elsewhere only the result
 *  is printed, so that logs stay short. Everything goes to stderr: stdout belongs to results. */

/** @template T
 *  @param {string} what present participle, such as `Building`
 *  @param {() => T | Promise<T>} work
 *  @returns {Promise<T>} */
export async function withProgress(what, work) {
  const isLive = process.stderr.isTTY === true;
  const startMs = performance.now();
  if (isLive) process.stderr.write(`${what} …`);
  try {
    const result = await work();
    const seconds = ((performance.now() - startMs) / 1000).toFixed(1);
    process.stderr.write(`${isLive ? '\r\x1b[K' : ''}${what}: ${seconds} s\n`);
    return result;
  } catch (error) {
    process.stderr.write(`${isLive ? '\r\x1b[K' : ''}${what}: failed\n`);
    throw error;
  }
}

/** Runs a script's body and ends the process as it ends: problems of the surroundings are told in one line, bugs with
 *  their stack.
 *  @param {() => Promise<number | void>} body gives the exit code, 0 when nothing */
export async function runScript(body) {
  try {
    process.exitCode = (await body()) ?? 0;
  } catch (error) {
    // esbuild has printed its errors already, with the places.
    const isPrinted = error instanceof Error && 'errors' in error && 'warnings' in error;
    if (error instanceof ScriptError) console.error(error.message);
    else if (!isPrinted) console.error(error);
    process.exitCode = 2;
  }
}

/** Something that the person at the keyboard can mend; the message says how. */
export class ScriptError extends Error {}
