/** Entry in the web worker extension host: one bundle with mocha's browser build and the suites. */
import './mochaInWorker';
import { MOCHA_OPTIONS, reportEnd, reportStart } from './reporting';

/** What mocha's browser build puts on the global object. */
interface BrowserMocha {
  setup(options: object): void;
  run(done: (nFailed: number) => void): { stats?: Mocha.Stats };
}

export async function run(): Promise<void> {
  reportStart();
  const { mocha } = globalThis as unknown as { mocha: BrowserMocha };
  mocha.setup({ ...MOCHA_OPTIONS, reporter: 'spec' });
  await import('./suite');
  const totals = await new Promise<Mocha.Stats | undefined>((resolve) => {
    const runner = mocha.run(() => resolve(runner.stats));
  });
  const result = reportEnd(totals);
  if (result.failed > 0) throw new Error(`${result.failed} tests failed`);
}
