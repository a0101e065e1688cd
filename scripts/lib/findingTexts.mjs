/** Packs the translations of what the engine says: see server/lsp/wording.ts. */
import { readFileSync } from 'node:fs';
import * as esbuild from 'esbuild';
import { fromRoot, ROOT } from './paths.mjs';
import { ScriptError } from './progress.mjs';

/** @returns {Promise<Record<string, string>>} what is shipped */
export async function packedFindings() {
  const { outputFiles } = await esbuild.build({
    stdin: {
      contents: "export { pack } from './server/lsp/wording';",
      resolveDir: ROOT,
      loader: 'ts',
    },
    bundle: true,
    write: false,
    format: 'esm',
    logLevel: 'error',
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? '').toString('base64');
  const { pack } = await import(`data:text/javascript;base64,${code}`);
  const { texts, problems } = pack(JSON.parse(readFileSync(fromRoot('l10n/findings.zh-cn.json'), 'utf8')));
  if (problems.length > 0) throw new ScriptError(`l10n/findings.zh-cn.json: ${problems.join('; ')}`);
  return texts;
}
