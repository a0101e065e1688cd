/** The result of an analyzer that saw a sequence of edits is that of one that saw only the last texts. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Analyzer, createAnalyzer, SILENT } from '../../server/core/index';

const ROOT = join(import.meta.dirname, '..', '..', 'demo');

function demoFiles(): Map<string, string> {
  const files = new Map<string, string>();
  for (const entry of readdirSync(ROOT, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !/\.(py|html)$/.test(entry.name)) continue;
    const path = join(entry.parentPath, entry.name);
    files.set(path.slice(ROOT.length + 1).replaceAll('\\', '/'), readFileSync(path, 'utf8'));
  }
  return files;
}

function analyzerOf(files: Iterable<readonly [string, string]>): Analyzer {
  const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => '0'.repeat(64) });
  for (const [file, text] of files) analyzer.setFile(file, text);
  return analyzer;
}

function allFindings(analyzer: Analyzer): unknown[] {
  return analyzer.checkableFiles().flatMap((file) =>
    analyzer.check(file).findings.map(({ ruleId, range, message, severity, path }) => ({
      file,
      ruleId,
      range,
      message,
      severity,
      path,
    })),
  );
}

interface Step {
  readonly file: number;
  readonly line: number;
  readonly kind: 'delete' | 'duplicate' | 'sanitize' | 'rename';
}

const step: fc.Arbitrary<Step> = fc.record({
  file: fc.nat(1000),
  line: fc.nat(1000),
  kind: fc.constantFrom('delete', 'duplicate', 'sanitize', 'rename'),
});

/** Changes one line in a way that keeps most files whole. */
function changed(text: string, { line, kind }: Step): string {
  const lines = text.split('\n');
  const index = line % lines.length;
  const current = lines[index] ?? '';
  if (kind === 'delete') lines.splice(index, 1);
  else if (kind === 'duplicate') lines.splice(index, 0, current);
  else if (kind === 'sanitize')
    lines[index] = current.replace(/request\.(args|form)\.get\(([^()]*)\)/, 'int(request.$1.get($2))');
  else lines[index] = current.replace(/\b(query|body|title|author|q|name)\b/g, '$1x');
  return lines.join('\n');
}

describe('edits one by one', () => {
  it('give what the last texts give from scratch', () => {
    const base = demoFiles();
    const names = [...base.keys()].sort();
    fc.assert(
      fc.property(fc.array(step, { minLength: 1, maxLength: 6 }), (steps) => {
        const files = new Map(base);
        const analyzer = analyzerOf(files);
        allFindings(analyzer);
        for (const one of steps) {
          const file = names[one.file % names.length] as string;
          files.set(file, changed(files.get(file) as string, one));
          analyzer.setFile(file, files.get(file) as string);
          analyzer.check(file, undefined, 'file');
        }
        const fresh = analyzerOf([...files].reverse());
        const isWhole = names.every((file) => !fresh.check(file).isCarriedOver);
        // While a file does not parse, findings of before are kept: only whole projects can be compared.
        fc.pre(isWhole);
        const kept = analyzer.checkableFiles().some((file) => analyzer.check(file).isCarriedOver);
        fc.pre(!kept);
        expect(allFindings(analyzer)).toEqual(allFindings(fresh));
      }),
      { numRuns: 40, seed: 20261123 },
    );
  }, 60_000);
});
