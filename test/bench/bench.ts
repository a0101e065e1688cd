/** All rows of the benchmark, one after the other, printed as a table or as JSON. */
import { printTable, type Row } from './row';
import { measureColdCheck } from './rows/coldCheck';
import { measureDependants } from './rows/dependants';
import { measureEditing } from './rows/editing';
import { measureMemory } from './rows/memory';
import { measurePackage } from './rows/package';
import { measureRules } from './rows/rules';
import { measureStart } from './rows/start';
import { measureViews } from './rows/views';

export interface BenchOptions {
  /** The project's folder, with what was built in dist/. */
  readonly root: string;
  readonly packagePath: string;
  readonly isJson: boolean;
  readonly isFull: boolean;
  /** Names of rows; undefined means all. */
  readonly only: readonly string[] | undefined;
  readonly python: string;
}

type Measure = (options: BenchOptions) => Promise<readonly Row[]> | readonly Row[];

const MEASURES: Readonly<Record<string, Measure>> = {
  edit: () => [...measureEditing(1_000, 10), ...measureEditing(10_000, 25)],
  dependants: measureDependants,
  views: () => [...measureViews(1_000, 10), ...measureViews(10_000, 25)],
  start: measureStart,
  cold: measureColdCheck,
  rules: measureRules,
  memory: measureMemory,
  package: measurePackage,
};

/** Answers 1 if a row is over its budget, 2 if one could not be measured. */
export async function runBench(options: BenchOptions): Promise<number> {
  const rows: Row[] = [];
  let hasFailed = false;
  for (const [name, measure] of Object.entries(MEASURES)) {
    if (options.only !== undefined && !options.only.includes(name)) continue;
    const startMs = performance.now();
    try {
      rows.push(...(await measure(options)));
    } catch (error) {
      hasFailed = true;
      rows.push({
        what: name,
        unit: 'ms',
        note: `not measured: ${error instanceof Error ? error.message : error}`,
      });
    }
    if (!options.isJson) console.error(`${name}: ${((performance.now() - startMs) / 1000).toFixed(1)} s`);
  }
  console.log(options.isJson ? JSON.stringify({ schemaVersion: 1, rows }, undefined, 2) : printTable(rows));
  if (hasFailed) return 2;
  return rows.some((row) => row.isWithin === false) ? 1 : 0;
}
