/** The size of what people download. */
import { existsSync, statSync } from 'node:fs';
import type { BenchOptions } from '../bench';
import { judge, type Row, toSamples } from '../row';

export function measurePackage({ packagePath }: BenchOptions): readonly Row[] {
  const row: Row = { what: 'packaged .vsix', unit: 'KB', budget: 600 };
  if (!existsSync(packagePath)) return [{ ...row, note: 'not packaged; run "npm run package"' }];
  return [judge({ ...row, measured: toSamples([statSync(packagePath).size / 1024]) })];
}
