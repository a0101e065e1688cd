/** The demo app is reported exactly as its README says: a project of several blueprints, checked as a whole. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Analyzer, applyEdits, type Finding, type Fix, LineIndex } from '../../server/core';
import { createEnvironment, FIXTURE_SECRET, syntaxProblems } from '../harness/environment';

const DEMO = join(import.meta.dirname, '..', '..', 'demo');

describe('the demo app', () => {
  const texts = readFolder('');

  it('parses', () => {
    expect([...texts].flatMap(([path, text]) => syntaxProblems(path, text))).toEqual([]);
  });

  it('holds the faults that its README lists, and no others', () => {
    const analyzer = analyzerOf(texts);
    const found = analyzer.checkableFiles().flatMap((file) => {
      const index = new LineIndex(texts.get(file) ?? '');
      return analyzer.check(file).findings.map(({ range, severity, ruleId }) => {
        return `${file}:${index.toPosition(range.start).line + 1} ${severity} ${ruleId}`;
      });
    });
    expect(found.toSorted()).toEqual(listedFaults(texts.get('README.md') ?? '').toSorted());
  });

  it('is clean after its fixes, apart from what no fix can decide', () => {
    const analyzer = analyzerOf(texts);
    for (let next = nextFix(analyzer); next !== undefined; next = nextFix(analyzer)) {
      for (const { file, edits } of next.edits) {
        analyzer.setFile(file, applyEdits(analyzer.textOf(file) ?? '', edits));
      }
    }
    const rest = findingsOf(analyzer).filter(
      ({ severity }) => severity !== 'information' && severity !== 'hint',
    );
    expect(rest.map(({ file, ruleId }) => `${file} ${ruleId}`)).toEqual([]);
    const fixed = [...texts.keys()].map((file) => [file, analyzer.textOf(file) ?? ''] as const);
    expect(fixed.flatMap(([file, text]) => syntaxProblems(file, text))).toEqual([]);
    expect(analyzer.textOf('.env')).toBe(`SECRET_KEY=${FIXTURE_SECRET}\n`);
    expect(analyzer.textOf('.gitignore')).toMatch(/^\.env$/m);
  });
});

function analyzerOf(texts: ReadonlyMap<string, string>): Analyzer {
  const analyzer = createEnvironment([]).createAnalyzer();
  for (const [path, text] of texts) analyzer.setFile(path, text);
  return analyzer;
}

function findingsOf(analyzer: Analyzer): readonly Finding[] {
  return analyzer.checkableFiles().flatMap((file) => analyzer.check(file).findings);
}

/** The first offer for the first finding that has one; information is left to a person. */
function nextFix(analyzer: Analyzer): Fix | undefined {
  for (const { file, fingerprint, severity } of findingsOf(analyzer)) {
    const [offer] = analyzer.fixesFor(file, fingerprint);
    if (offer?.kind === 'fix' && severity !== 'information') return offer.fix;
  }
  return undefined;
}

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
