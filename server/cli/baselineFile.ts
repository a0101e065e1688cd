/** Reads and writes the file of a baseline. Paths in it are relative to its own folder, so that it may lie anywhere. */
import { existsSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { type Baseline, type FilePath, parseBaseline, renderBaseline } from '../core/index';
import { readText } from '../host/node';
import type { LoadedBaseline } from './snapshot';
import { toFilePath } from './targets';
import { mistake, type Parsed, value } from './usage';
import { type Run, shown } from './workspace';
import { writeFileAtomically } from './writeFile';

/** Larger than source may be: a baseline grows with the project. */
const MAX_BASELINE_BYTES = 64 * 1024 * 1024;

/** The entries, with files relative to `base`. `checked` are the files whose findings are asked for. */
export function loadBaseline(
  run: Run,
  name: string,
  base: string,
  checked: ReadonlySet<FilePath>,
): Parsed<LoadedBaseline> {
  const path = resolve(run.io.cwd, name);
  const read = readText(path, { maxBytes: MAX_BASELINE_BYTES });
  if (read.kind === 'problem') {
    const hint = read.problem === 'missing' ? ` "moat baseline --output ${name}" writes it.` : '';
    return mistake(`The baseline ${name} ${read.message}.${hint}`);
  }
  const { value: raw, problems } = parseBaseline(read.text);
  const [first] = problems;
  if (first !== undefined && raw.length === 0)
    return mistake(`The baseline ${name} cannot be used. ${first}`);
  for (const problem of problems) run.notes.add(name, `is damaged. ${problem}`);
  const entries = moved(raw, dirname(path), base);
  const files = new Set(entries.map(({ file }) => file));
  const unchecked = [...files].filter((file) => !checked.has(file) && existsSync(join(base, file)));
  return value({ path: shown(run, path), entries, unchecked });
}

/** Throws if it cannot be written. `entries` have files relative to `base`. */
export function writeBaseline(path: string, base: string, entries: Baseline): void {
  writeFileAtomically(path, renderBaseline(moved(entries, base, dirname(path))));
}

function moved(entries: Baseline, from: string, to: string): Baseline {
  if (relative(from, to) === '') return entries;
  return entries.map((entry) => ({ ...entry, file: toFilePath(to, join(from, entry.file)) }));
}
