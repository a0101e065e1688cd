/** What tests of the checklist and of the attack surface ask: an app from a few texts, its rows and routes as lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { LineIndex } from '../../../server/core/base/lineIndex';
import { SILENT } from '../../../server/core/base/logger';
import type { Analyzer } from '../../../server/core/service/analyzer';
import type { ChecklistRow, CheckPlace } from '../../../server/core/service/checklist';
import { worded } from '../../../server/core/service/checklistTexts';
import { createAnalyzer } from '../../../server/core/service/createAnalyzer';

const ROOT = join(import.meta.dirname, '..', '..', '..');

export function analyzerOf(texts: Readonly<Record<string, string>>): Analyzer {
  const analyzer = createAnalyzer({ logger: SILENT, createSecret: () => 'k'.repeat(64) });
  for (const [file, text] of Object.entries(texts)) analyzer.setFile(file, text);
  return analyzer;
}

/** A folder of the repository. */
export function analyzerOfFolder(folder: string): Analyzer {
  const root = join(ROOT, folder);
  const texts: Record<string, string> = {};
  for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
    const path = relative(root, join(entry.parentPath, entry.name)).split(sep).join('/');
    if (entry.isFile() && /\.(py|html|j2|xml|txt|toml)$/.test(path))
      texts[path] = readFileSync(join(root, path), 'utf8');
  }
  return analyzerOf(texts);
}

export function at(analyzer: Analyzer, { file, range }: CheckPlace): string {
  return `${file}:${new LineIndex(analyzer.textOf(file) ?? '').lineOf(range.start) + 1}`;
}

/** Rows of the only app, by id. */
export function rowsOf(analyzer: Analyzer): Readonly<Record<string, ChecklistRow>> {
  const [app, ...others] = analyzer.checklists();
  if (app === undefined || others.length > 0) throw new Error(`${others.length + (app ? 1 : 0)} apps`);
  return Object.fromEntries(app.rows.map((row) => [row.id, row]));
}

/** `pass: CSRFProtect checks … (app.py:3)`. */
export function rowLine(analyzer: Analyzer, row: ChecklistRow | undefined): string {
  if (row === undefined) return 'no row';
  const places = row.places.map((place) => at(analyzer, place)).join(', ');
  return `${row.status}: ${worded(row.reason)}${places === '' ? '' : ` (${places})`}`;
}

/** `GET /users users log-in state, csrf state, query(name)`. */
export function routeLines(analyzer: Analyzer): readonly string[] {
  return analyzer.attackSurface().map(({ methods, rule, view, login, csrf, inputs }) => {
    const read = inputs.map(({ kind, names }) => `${kind}(${names.join(',')})`).join(' ');
    return `${methods.join(',')} ${rule ?? '?'} ${view} ${login} ${csrf} ${read}`.trim();
  });
}
