/** Texts and their trees. */
import { basename, type FilePath } from '../base/filePath';
import { applyEdits, type TextEdit } from '../base/textEdit';
import { isTemplatePath, type Project } from '../model/project';
import { parseTemplate } from '../syntax/jinja/parse';
import type { Module } from '../syntax/python/ast';
import { editPython } from '../syntax/python/incremental';
import { parsePython } from '../syntax/python/parse';

export type FileKind = 'python' | 'template' | 'other';

export class FileStore {
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  set(file: FilePath, text: string): void {
    const known = this.#project.module(file);
    if (known !== undefined) return this.#project.setModule(file, editPython(known, text));
    switch (fileKind(file)) {
      case 'python':
        return this.#project.setModule(file, parsePython(text));
      case 'template':
        return this.#project.setTemplate(file, parseTemplate(text));
      case 'other':
        return this.#project.setOther(file, text);
    }
  }

  edit(file: FilePath, edit: TextEdit): void {
    const known = this.#project.module(file);
    if (known !== undefined) return this.#project.setModule(file, editPython(known, [edit]));
    this.set(file, applyEdits(this.#project.textOf(file) ?? '', [edit]));
  }

  /** Puts back a module that was there before, with the identity of its trees. */
  restore(file: FilePath, module: Module): void {
    this.#project.setModule(file, module);
  }
}

/** Files beside code and templates that fixes and facts need. */
const OTHER_FILES = /^(\.env(\..+)?|\.gitignore|requirements.*\.txt|pyproject\.toml|moat\.toml|\.flaskenv)$/;

export function fileKind(file: FilePath): FileKind {
  if (file.endsWith('.py') || file.endsWith('.pyw')) return 'python';
  return isTemplatePath(file) && !OTHER_FILES.test(basename(file)) ? 'template' : 'other';
}

export function isRelevantFile(file: FilePath): boolean {
  return fileKind(file) !== 'other' || OTHER_FILES.test(basename(file));
}
