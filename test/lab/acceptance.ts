/** Python's own compiler and Jinja's own parser on every text that a fix has written: in the fixtures of all rules, and
 *  in the apps of the lab. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { parseFixture } from '../harness/fixture';
import { LabError, mustRun } from './process';
import type { Python } from './python';

export interface Acceptance {
  readonly nAccepted: number;
  /** Texts whose state before the fix this Python or Jinja does not read either. */
  readonly unknown: readonly string[];
  readonly refused: readonly string[];
}

interface Question {
  readonly name: string;
  readonly kind: 'python' | 'jinja';
  readonly text: string;
  readonly unfixed: string | null;
}

export async function askPythonAndJinja(
  python: Python,
  script: string,
  questions: readonly Question[],
): Promise<Acceptance> {
  const output = await mustRun(python.interpreter, [script], { input: JSON.stringify(questions) });
  const verdicts: unknown = JSON.parse(output);
  if (!Array.isArray(verdicts) || !verdicts.every(isVerdict)) throw new LabError(`Odd verdicts: ${output}`);
  const of = (verdict: string) =>
    verdicts.filter((each) => each.verdict === verdict).map(({ name, reason }) => `${name}: ${reason}`);
  return { nAccepted: of('accepted').length, unknown: of('unknown'), refused: of('refused') };
}

/** Every `fixed` block of the fixtures in a folder. */
export function questionsOfFixtures(folder: string): readonly Question[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.md'));
  return files.flatMap((file) =>
    parseFixture(file, readFileSync(join(folder, file), 'utf8')).cases.flatMap(
      ({ title, files: before, fixed, directives }) =>
        fixed.flatMap(({ path, text }) => {
          const kind = kindOf(path);
          if (kind === undefined || directives.syntax === 'broken') return [];
          const unfixed = before.find((each) => each.path === path)?.text ?? null;
          return [{ name: `${file}, "${title}", ${path}`, kind, text, unfixed }];
        }),
    ),
  );
}

/** All Python files and templates of an app that was mended. */
export function questionsOfFolder(name: string, folder: string): readonly Question[] {
  const files = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((each) => each.isFile());
  return files.flatMap((file) => {
    const path = join(file.parentPath, file.name);
    const kind = kindOf(file.name);
    if (kind === undefined) return [];
    return [
      { name: `${name}: ${relative(folder, path)}`, kind, text: readFileSync(path, 'utf8'), unfixed: null },
    ];
  });
}

function kindOf(path: string): Question['kind'] | undefined {
  if (path.endsWith('.py')) return 'python';
  return /\.(html?|xml|xhtml|svg|jinja2?|j2)$/.test(path) ? 'jinja' : undefined;
}

function isVerdict(value: unknown): value is { name: string; verdict: string; reason: string } {
  return typeof value === 'object' && value !== null && 'verdict' in value && 'name' in value;
}
