/** Entry in the Node extension host (desktop, remote): VS Code calls `run` and takes a rejection for a failure. */
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { MOCHA_OPTIONS, reportEnd, reportStart } from './reporting';

export async function run(): Promise<void> {
  reportStart();
  // MOCHA_GREP='the query' npm run test:editor -- --only server
  const mocha = new Mocha({ ...MOCHA_OPTIONS, grep: process.env.MOCHA_GREP });
  mocha.addFile(`${__dirname}/suite.js`);
  const totals = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const result = reportEnd(totals);
  // Desktop VS Code gives only an exit code back.
  const totalsFile = process.env.MOAT_TOTALS_FILE;
  if (totalsFile) writeFileSync(totalsFile, JSON.stringify(result));
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}
