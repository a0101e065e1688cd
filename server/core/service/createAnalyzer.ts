import type { Analyzer, AnalyzerHost } from './analyzer';

export function createAnalyzer(_host: AnalyzerHost): Analyzer {
  throw new Error('being written');
}
