/** Puts texts into the project. What is known already is parsed incrementally, so that its trees stay the same. */
import type { FilePath } from '../base/filePath';
import { applyEdits, type TextEdit } from '../base/textEdit';
import type { Project } from '../model/project';
import { readFile } from '../pipeline';
import type { Module } from '../syntax/python/ast';
import { editPython } from '../syntax/python/incremental';

export class FileStore {
  readonly #project: Project;

  constructor(project: Project) {
    this.#project = project;
  }

  set(file: FilePath, text: string): void {
    const known = this.#project.module(file);
    if (known === undefined) readFile(this.#project, file, text);
    else this.#project.setModule(file, editPython(known, text));
  }

  edit(file: FilePath, edit: TextEdit): void {
    const known = this.#project.module(file);
    if (known === undefined) this.set(file, applyEdits(this.#project.textOf(file) ?? '', [edit]));
    else this.#project.setModule(file, editPython(known, [edit]));
  }

  /** Puts back a module that was there before, with the identity of its trees. */
  restore(file: FilePath, module: Module): void {
    this.#project.setModule(file, module);
  }
}
