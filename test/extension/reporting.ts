/** What the suite says around itself, so that the runner outside (test/e2e/extensionHost.mjs) can tell its lines from
 *  the workbench's and count. */

export const MOCHA_OPTIONS = {
  ui: 'bdd',
  color: false,
  timeout: 30_000, // ms; the first test waits for the server to start
  // Files that are made and deleted reach a server up to a second late, in batches that VS Code decides on.
  retries: 1,
  slow: 1000, // ms
} as const;

export interface Totals {
  readonly passed: number;
  readonly failed: number;
}

export function reportStart(): void {
  console.log('[suite starts]');
}

/** A suite without tests counts as a failure. */
export function reportEnd(stats: { passes: number; failures: number } | undefined): Totals {
  const { passes: passed = 0, failures = 0 } = stats ?? {};
  const failed = passed + failures === 0 ? 1 : failures;
  console.log(`[suite ends] ${passed} passed, ${failed} failed`);
  return { passed, failed };
}
