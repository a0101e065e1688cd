/** What the rules' documents show is true: the vulnerable example is reported, the safe one is clean. */
import { describe, expect, it } from 'vitest';
import { type Finding, RULES } from '../../server/core';
import { isAboutWhole } from '../harness/counted';
import { createEnvironment, syntaxProblems } from '../harness/environment';

describe.each(RULES)('the document of $id', ({ id, doc }) => {
  it('shows files that parse', () => {
    const files = [...Object.entries(doc.vulnerable), ...Object.entries(doc.safe)];
    expect(files.length).toBeGreaterThan(1);
    expect(files.flatMap(([path, text]) => syntaxProblems(path, text))).toEqual([]);
  });

  it('shows something vulnerable', () => {
    const found = findingsIn(id, doc.vulnerable);
    expect(found.map(({ ruleId }) => ruleId)).toContain(id);
    expect(found.filter((one) => one.ruleId !== id && isShown(one))).toEqual([]);
  });

  it('shows something safe', () => {
    const found = findingsIn(id, doc.safe);
    expect(found.filter((one) => one.ruleId === id || isShown(one))).toEqual([]);
  });
});

function isShown({ ruleId, severity }: Finding): boolean {
  return (severity === 'error' || severity === 'warning') && !isAboutWhole(ruleId);
}

function findingsIn(id: string, files: Readonly<Record<string, string>>): readonly Finding[] {
  const analyzer = createEnvironment([id]).createAnalyzer();
  for (const [path, text] of Object.entries(files)) analyzer.setFile(path, text);
  return analyzer.checkableFiles().flatMap((file) => analyzer.check(file).findings);
}
