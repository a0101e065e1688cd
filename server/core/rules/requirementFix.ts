/** The edit that names a package in the nearest `requirements.txt`, if there is one. */
import { dirname, joinPath } from '../base/filePath';
import { ensureRequirement } from '../edits/requirements';
import type { FileContext } from './context';
import type { FileEdit } from './rule';

export function requirementEdits({ project, file }: FileContext, name: string): readonly FileEdit[] {
  for (let folder = dirname(file); ; folder = dirname(folder)) {
    const path = joinPath(folder, 'requirements.txt') ?? 'requirements.txt';
    const text = project.textOf(path);
    if (text !== undefined) {
      const edits = ensureRequirement(text, name);
      return edits.length === 0 ? [] : [{ file: path, isNew: false, edits }];
    }
    if (folder === '') return [];
  }
}
