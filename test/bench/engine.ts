/** The engine as the benchmarks start it. */
import { type Analyzer, createAnalyzer, DEFAULT_CONFIG, SILENT } from '../../server/core/index';

export function createEngine(files: Readonly<Record<string, string>>): Analyzer {
  const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => '0'.repeat(64) });
  analyzer.configure(DEFAULT_CONFIG);
  for (const [file, text] of Object.entries(files))
    if (analyzer.isRelevant(file)) analyzer.setFile(file, text);
  return analyzer;
}

export function elapsedMs(work: () => void): number {
  const startMs = performance.now();
  work();
  return performance.now() - startMs;
}
