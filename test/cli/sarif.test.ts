import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Run } from 'sarif';
import { describe, expect, it } from 'vitest';
import { createFolder, runMoat } from './runMoat';
import { isValidSarif, validateSarif } from './sarifSchema';

/** Names of files, and how the report has to write them. */
const URIS: Readonly<Record<string, string>> = {
  'my app/views #1.py': 'my%20app/views%20%231.py',
  'my app/50% off.py': 'my%20app/50%25%20off.py',
  'my app/größe/数.py': 'my%20app/gr%C3%B6%C3%9Fe/%E6%95%B0.py',
  "it's (1)!.py": 'it%27s%20%281%29%21.py',
  'a+b&c=d.py': 'a%2Bb%26c%3Dd.py',
  // Windows does not allow these in names.
  ...(process.platform === 'win32'
    ? {}
    : { 'a:b.py': 'a%3Ab.py', 'x?*.py': 'x%3F%2A.py', 'x\\y.py': 'x%5Cy.py' }),
};

/** The report, once the official schema has taken it. */
function checkAsSarif(cwd: string): Run {
  const { stdout } = runMoat(['check', '--format', 'sarif', '--min-severity', 'hint'], { cwd });
  return validateSarif(JSON.parse(stdout));
}

describe('the SARIF report', () => {
  it('passes the official schema, with and without findings', () => {
    checkAsSarif(createFolder());
    checkAsSarif(
      createFolder({ 'a.py': 'origin\nevil(1)\nodd(2)\nmurmur(3)\nkeyed()\nnote()\nstubborn()\n' }),
    );
  });

  it('is refused by the schema when it is wrong, so that the schema is really asked', () => {
    expect(isValidSarif({ version: '2.1.0', runs: [{ tool: {} }] })).toBe(false);
  });

  it('describes every rule with CWE, help, level and precision', () => {
    const rules = checkAsSarif(createFolder()).tool.driver.rules ?? [];
    expect(rules.map(({ id }) => id)).toContain('evil-call');
    for (const rule of rules) {
      expect(rule.properties?.tags).toContain('security');
      expect(rule.properties?.tags).toContain('external/cwe/cwe-089');
      expect(rule.help?.markdown).toContain(`# ${rule.shortDescription?.text}`);
      expect(rule.help?.text).not.toMatch(/^#|```/m);
      expect(rule.fullDescription?.text).toContain('gets what they asked for');
      expect(rule.properties?.precision).toMatch(/^(very-high|high|medium|low)$/);
      expect(Number(rule.properties?.['security-severity'])).toBeGreaterThan(0);
    }
    const levels = new Map(rules.map((rule) => [rule.id, rule.defaultConfiguration?.level]));
    expect(levels.get('evil-call')).toBe('error');
    expect(levels.get('odd-call')).toBe('warning');
    expect(levels.get('note-call')).toBe('note');
    expect(levels.get('murmur-call')).toBe('note');
  });

  it('places a finding by 1-based regions in UTF-16 units, with its path and fingerprint', () => {
    const run = checkAsSarif(createFolder({ 'a.py': 'x = origin\ny = "😀"; evil(x)\n' }));
    const [result] = run.results ?? [];
    expect(run.columnKind).toBe('utf16CodeUnits');
    expect(result).toMatchObject({
      ruleId: 'evil-call',
      level: 'error',
      message: { text: 'This call depends on `evil`.' },
      partialFingerprints: { 'moat/v1': 'a.py:evil:0' },
    });
    expect(run.tool.driver.rules?.[result?.ruleIndex ?? -1]?.id).toBe('evil-call');
    const region = { startLine: 2, startColumn: 11, endLine: 2, endColumn: 15 };
    expect(result?.locations?.[0]?.physicalLocation?.region).toEqual(region);
    const steps = result?.codeFlows?.[0]?.threadFlows[0]?.locations ?? [];
    expect(steps.map(({ location }) => location?.message?.text)).toEqual([
      '`origin` is read',
      '`evil` is called',
    ]);
    expect(steps[0]?.location?.physicalLocation?.region).toMatchObject({ startLine: 1, startColumn: 5 });
  });

  it('counts lone carriage returns as line ends, and says so', () => {
    const run = checkAsSarif(createFolder({ 'a.py': 'a = 1\rb = 2\revil(a)\r' }));
    expect(run.newlineSequences).toContain('\r');
    expect(run.results?.[0]?.locations?.[0]?.physicalLocation?.region).toMatchObject({
      startLine: 3,
      startColumn: 1,
    });
  });

  it('writes relative, encoded URIs with forward slashes', () => {
    const cwd = createFolder(Object.fromEntries(Object.keys(URIS).map((file) => [file, 'evil(1)\n'])));
    const run = checkAsSarif(cwd);
    const locations = (run.results ?? []).map(
      (result) => result.locations?.[0]?.physicalLocation?.artifactLocation,
    );
    expect(new Set(locations.map((location) => location?.uri))).toEqual(new Set(Object.values(URIS)));
    const base = run.originalUriBaseIds?.['%SRCROOT%']?.uri ?? '';
    expect(base).toBe(`${pathToFileURL(cwd).href}/`);
    for (const location of locations) expect(location?.uriBaseId).toBe('%SRCROOT%');
    const resolved = locations.map((location) => fileURLToPath(new URL(location?.uri ?? '', base)));
    expect(new Set(resolved)).toEqual(new Set(Object.keys(URIS).map((file) => join(cwd, file))));
  });

  it('carries a fix that applies', () => {
    const run = checkAsSarif(createFolder({ 'a.py': 'x = 1\nevil(x)\n' }));
    expect(run.results?.[0]?.fixes).toEqual([
      {
        description: { text: 'Replace evil' },
        artifactChanges: [
          {
            artifactLocation: { uri: 'a.py', uriBaseId: '%SRCROOT%' },
            replacements: [
              {
                deletedRegion: { startLine: 2, startColumn: 1, endLine: 2, endColumn: 5 },
                insertedContent: { text: 'good' },
              },
            ],
          },
        ],
      },
    ]);
  });

  it('never carries a fix with a fresh secret', () => {
    const run = checkAsSarif(createFolder({ 'a.py': 'keyed()\n' }));
    expect(run.results?.[0]?.ruleId).toBe('keyed-call');
    expect(run.results?.[0]?.fixes).toBeUndefined();
  });

  it('tells of files that were skipped, and whether the run is complete', () => {
    const complete = checkAsSarif(createFolder({ 'a.py': new Uint8Array([0, 1, 2]) })).invocations?.[0];
    expect(complete?.executionSuccessful).toBe(true);
    expect(complete?.toolExecutionNotifications?.[0]).toEqual({
      level: 'warning',
      message: { text: 'a.py is a binary file; it was skipped' },
    });
    expect(checkAsSarif(createFolder({ 'a.py': 'crash()' })).invocations?.[0]?.executionSuccessful).toBe(
      false,
    );
  });

  it('is the same on every run', () => {
    const cwd = createFolder({ 'a.py': 'evil(1)\nkeyed()\n', 'b.py': 'odd(1)\n' });
    const argv = ['check', '--format', 'sarif'];
    expect(runMoat(argv, { cwd, tickMs: 1 }).stdout).toBe(runMoat(argv, { cwd, tickMs: 900 }).stdout);
  });
});
