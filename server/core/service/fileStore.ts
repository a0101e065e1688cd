/** Texts and their trees. Tells what an edit changed for others. */
import { basename, type FilePath } from '../base/filePath';
import { applyEdits, type TextEdit } from '../base/textEdit';
import { isTemplatePath, type Project } from '../model/project';
import { parseTemplate } from '../syntax/jinja/parse';
import type { Module } from '../syntax/python/ast';
import { editPython } from '../syntax/python/incremental';
import { parsePython } from '../syntax/python/parse';

/** How far a change reaches. */
export type Reach = 'text' | 'environment';

export type FileKind = 'python' | 'template' | 'other';

export class FileStore {
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  set(file: FilePath, text: string): Reach {
    const known = this.#project.module(file);
    if (known !== undefined) return this.#replaceModule(file, known, editPython(known, text));
    switch (fileKind(file)) {
      case 'python':
        this.#project.setModule(file, parsePython(text));
        return 'environment';
      case 'template':
        this.#project.setTemplate(file, parseTemplate(text));
        return 'text';
      case 'other':
        this.#project.setOther(file, text);
        return 'text';
    }
  }

  edit(file: FilePath, edit: TextEdit): Reach {
    const known = this.#project.module(file);
    if (known !== undefined) return this.#replaceModule(file, known, editPython(known, [edit]));
    return this.set(file, applyEdits(this.#project.textOf(file) ?? '', [edit]));
  }

  /** Puts back a module that was there before, with the identity of its trees. */
  restore(file: FilePath, module: Module): Reach {
    const known = this.#project.module(file);
    if (known !== undefined) return this.#replaceModule(file, known, module);
    this.#project.setModule(file, module);
    return 'environment';
  }

  #replaceModule(file: FilePath, before: Module, after: Module): Reach {
    const kept = new Set(after.units.map(({ tree }) => tree));
    const old = before.units.filter(({ tree }) => !kept.has(tree));
    const oldTrees = new Set(before.units.map(({ tree }) => tree));
    const isWide = old.length > MAX_COMPARED_UNITS;
    const oldSignatures = isWide ? [] : old.map((unit) => this.#project.signatureOf(file, unit, before.text));
    this.#project.setModule(file, after);
    const added = after.units.filter(({ tree }) => !oldTrees.has(tree));
    if (isWide || added.length > MAX_COMPARED_UNITS) return 'environment';
    const newSignatures = added.map((unit) => this.#project.signatureOf(file, unit, after.text));
    return oldSignatures.join('\0') === newSignatures.join('\0') ? 'text' : 'environment';
  }
}

/** With more units than this replaced at once, comparing costs more than it saves. */
const MAX_COMPARED_UNITS = 50;

/** Files beside code and templates that fixes and facts need. */
const OTHER_FILES = /^(\.env(\..+)?|\.gitignore|requirements.*\.txt|pyproject\.toml|moat\.toml|\.flaskenv)$/;

export function fileKind(file: FilePath): FileKind {
  if (file.endsWith('.py') || file.endsWith('.pyw')) return 'python';
  return isTemplatePath(file) && !OTHER_FILES.test(basename(file)) ? 'template' : 'other';
}

export function isRelevantFile(file: FilePath): boolean {
  return fileKind(file) !== 'other' || OTHER_FILES.test(basename(file));
}
