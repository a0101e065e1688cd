/** Reads a whole app from a folder as one case: real files with labels at the ends of their lines. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { type FixtureCase, type FixtureFile, toFixtureFile } from './fixture';

export interface LabeledApp {
  readonly fixtureCase: FixtureCase;
  readonly problems: readonly string[];
  /** Lines of Python and templates. */
  readonly nLines: number;
}

/** `folder` is absolute. Files are sorted by path, which is relative to the folder, with `/`. */
export function loadApp(title: string, folder: string): LabeledApp {
  const problems: string[] = [];
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort()
    .map((path): FixtureFile => {
      const lines = readFileSync(join(folder, path), 'utf8').replace(/\n$/, '').split('\n');
      return toFixtureFile(path, 1, lines, (line, message) => problems.push(`${path}:${line}: ${message}`));
    });
  const nLines = files
    .filter(({ path }) => /\.(py|html|j2|xml)$/.test(path))
    .reduce((sum, { text }) => sum + text.split('\n').length - 1, 0);
  return { fixtureCase: { title, line: 1, directives: {}, files, fixed: [], refused: [] }, problems, nLines };
}
