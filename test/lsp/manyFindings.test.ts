/** A file that is nothing but faults: the editor is neither held up nor flooded. */
import { afterEach, expect, it } from 'vitest';
import { createAnalyzer, RULES } from '../../server/core/index';
import { PLAIN, ROOT, rangeOf, TestClient } from './testClient';

const APP = `${ROOT}/app.py`;
const N_FINDINGS = 10_000;
const N_SHOWN = 1000;
/** In ms; a check of such a file takes one or two seconds. */
const PATIENCE_MS = 15_000;
const FAULT = 'requests.get("https://example.org", verify=False, timeout=3)\n';
const MANY = `import requests\n${FAULT.repeat(N_FINDINGS)}`;

let client: TestClient;
afterEach(() => client?.dispose());

it('shows the most severe findings, says how many are left out, and stays quick', async () => {
  client = await TestClient.start({ engine: { rules: RULES, createAnalyzer } });
  await client.open(APP, `import requests\n${'eval(input())\n'}${FAULT.repeat(N_FINDINGS)}`);
  const start = performance.now();
  const items = await client.pull(APP);
  expect(items).toHaveLength(N_SHOWN + 1);
  expect(items.at(-1)?.message).toMatch(/^9\d\d\d more findings/);
  const sizeBytes = JSON.stringify(items).length;
  expect(sizeBytes).toBeLessThan(1_000_000);
  const actions = await client.codeActions(APP, rangeOf(5, 0, 50));
  expect(actions.length).toBeGreaterThan(0);
  await client.codeActions(APP, rangeOf(0, 0, 0), { only: ['source.fixAll.moat'] });
  await client.hover(APP, 5, 3);
  expect(performance.now() - start).toBeLessThan(PATIENCE_MS);
});

it('pushes no more to clients that do not pull', async () => {
  client = await TestClient.start({ engine: { rules: RULES, createAnalyzer }, capabilities: PLAIN });
  await client.open(APP, MANY);
  await client.clock.advance(500);
  expect(client.pushed(APP)).toHaveLength(N_SHOWN + 1);
});

it('fixes hundreds at once, in a few rounds', () => {
  const analyzer = createAnalyzer({
    logger: { info: () => {}, warn: () => {}, error: () => {} },
    createSecret: () => '',
  });
  analyzer.setFile('app.py', `import requests\n${FAULT.repeat(400)}`);
  const start = performance.now();
  const fix = analyzer.fixAll('app.py', 'tls-verification-disabled');
  expect(fix?.edits[0]?.edits).toHaveLength(400);
  // One by one it took a quarter of a minute.
  expect(performance.now() - start).toBeLessThan(5000);
});
