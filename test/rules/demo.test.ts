/** The demo app is reported exactly as its README says: a project of several blueprints, checked as a whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { LineIndex } from '../../server/core';
import { createEnvironment, syntaxProblems } from '../harness/environment';

const DEMO = join(import.meta.dirname, '..', '..', 'demo');

describe('the demo app', () => {
  const texts = readFolder('');

  it('parses', () => {
    expect([...texts].flatMap(([path, text]) => syntaxProblems(path, text))).toEqual([]);
  });

  it('holds the faults that its README lists, and no others', () => {
    const analyzer = createEnvironment([]).createAnalyzer();
    for (const [path, text] of texts) analyzer.setFile(path, text);
    const found = analyzer.checkableFiles().flatMap((file) => {
      const index = new LineIndex(texts.get(file) ?? '');
      return analyzer.check(file).findings.map(({ range, severity, ruleId }) => {
        return `${file}:${index.toPosition(range.start).line + 1} ${severity} ${ruleId}`;
      });
    });
    expect(found.toSorted()).toEqual(listedFaults(texts.get('README.md') ?? '').toSorted());
  });
});

function listedFaults(readme: string): readonly string[] {
  return [...readme.matchAll(/^\| `([^`]+:\d+)` \| (\w+) \| `([^`]+)` \|/gm)].map(
    ([, place, severity, ruleId]) => `${place} ${severity} ${ruleId}`,
  );
}

/** Texts by path; what running the app leaves behind is not part of it. */
function readFolder(folder: string): ReadonlyMap<string, string> {
  const texts = new Map<string, string>();
  for (const entry of readdirSync(join(DEMO, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isFile()) texts.set(path, readFileSync(join(DEMO, path), 'utf8'));
    else if (!['instance', '.venv', '__pycache__', '.pytest_cache'].includes(entry.name)) {
      for (const [inner, text] of readFolder(path)) texts.set(inner, text);
    }
  }
  return texts;
}
