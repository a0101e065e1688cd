/** What each rule costs in a cold check: its share of the time for flow and rules together. What several rules share
 *  (values, calls by name, facts of the app) counts for the first that asks. */
import { createAnalyzer, DEFAULT_CONFIG, RULES, type Rule, SILENT } from '../../../server/core/index';
import type { BenchOptions } from '../bench';
import { generateApp } from '../generator/app';
import type { Row } from '../row';

const N_LINES = 20_000;
/** Of the time for flow and rules. */
const MAX_SHARE = 0.1;
/** Shares shown in any case. */
const N_SHOWN = 6;

export function measureRules({ isFull }: BenchOptions): readonly Row[] {
  const { files } = generateApp(isFull ? N_LINES * 10 : N_LINES);
  return [measure(files)];
}

function measure(files: Readonly<Record<string, string>>): Row {
  const ms = new Map<string, number>();
  const analyzer = createAnalyzer(
    { logger: SILENT, createSecret: () => '0'.repeat(64), isEdited: false },
    RULES.map((rule) => timed(rule, ms)),
  );
  analyzer.configure(DEFAULT_CONFIG);
  for (const [file, text] of Object.entries(files))
    if (analyzer.isRelevant(file)) analyzer.setFile(file, text);
  const startMs = performance.now();
  for (const file of analyzer.checkableFiles()) analyzer.check(file);
  const totalMs = performance.now() - startMs;
  const shares = [...ms].map(([id, spent]) => [id, spent / totalMs] as const).sort((a, b) => b[1] - a[1]);
  const [[costliest, share] = ['none', 0]] = shares;
  const list = shares.slice(0, N_SHOWN).map(([id, part]) => `${id} ${(part * 100).toFixed(1)} %`);
  const others = shares.slice(N_SHOWN).reduce((sum, [, part]) => sum + part, 0);
  return {
    what: `costliest rule, ${costliest}`,
    unit: '%',
    budget: MAX_SHARE * 100,
    measured: { n: 1, median: share * 100, p95: share * 100 },
    isWithin: share <= MAX_SHARE,
    note: `of ${totalMs.toFixed(0)} ms for flow and rules: ${list.join(', ')}; the other ${shares.length - list.length} rules ${(others * 100).toFixed(1)} %`,
  };
}

/** The rule, with the time that it takes added up. */
function timed(rule: Rule, ms: Map<string, number>): Rule {
  const { check, checkTemplate, checkUnit } = rule;
  return {
    ...rule,
    ...(check && { check: (context) => clocked(rule.id, () => check(context), ms) }),
    ...(checkTemplate && { checkTemplate: (context) => clocked(rule.id, () => checkTemplate(context), ms) }),
    ...(checkUnit && { checkUnit: (unit) => clocked(rule.id, () => checkUnit(unit), ms) }),
  };
}

function clocked<T>(id: string, find: () => Iterable<T>, ms: Map<string, number>): readonly T[] {
  const startMs = performance.now();
  try {
    return [...find()];
  } finally {
    ms.set(id, (ms.get(id) ?? 0) + performance.now() - startMs);
  }
}
