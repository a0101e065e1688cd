/** The templates of a folder, by file and by the names that code calls them. */
import { basename, type FilePath } from '../base/filePath';
import type { Template } from '../syntax/jinja/ast';
import { cleanTemplateName } from './contribution';
import type { Project } from './project';
import { isChoosing, templateUsers } from './templateGraph';

export class TemplateIndex {
  readonly #templates = new Map<FilePath, Template>();
  /** Files by the last part of their path, sorted. */
  readonly #byBasename = new Map<string, readonly FilePath[]>();
  /** Answers of `named`, until a template comes or goes. */
  #byName = new Map<string, readonly FilePath[]>();
  #users: ReadonlyMap<FilePath, ReadonlySet<FilePath>> | undefined;
  #choosers: readonly FilePath[] | undefined;
  /** Grows with every change. */
  revision = 0;
  /** Grows when templates come or go. */
  listRevision = 0;

  /** Number of changes of the templates whose path ends like this. */
  readonly #revisions = new Map<string, number>();

  revisionOf(name: string): number {
    return this.#revisions.get(name) ?? 0;
  }

  get(file: FilePath): Template | undefined {
    return this.#templates.get(file);
  }

  has(file: FilePath): boolean {
    return this.#templates.has(file);
  }

  files(): readonly FilePath[] {
    return [...this.#templates.keys()].sort();
  }

  set(file: FilePath, template: Template): void {
    if (!this.#templates.has(file)) this.#rename(file, (files) => [...files, file].sort());
    this.#templates.set(file, template);
    this.#forget(file);
  }

  delete(file: FilePath): void {
    if (!this.#templates.delete(file)) return;
    this.#rename(file, (files) => files.filter((other) => other !== file));
    this.#forget(file);
  }

  #rename(file: FilePath, change: (files: readonly FilePath[]) => readonly FilePath[]): void {
    const name = basename(file);
    this.#byBasename.set(name, change(this.#byBasename.get(name) ?? []));
    this.#byName = new Map();
    this.listRevision++;
  }

  #forget(file: FilePath): void {
    const name = basename(file);
    this.#revisions.set(name, this.revisionOf(name) + 1);
    this.revision++;
    this.#users = undefined;
    this.#choosers = undefined;
  }

  /** Files a template name can mean: Flask looks below `templates/` of the app and of its blueprints. */
  named(name: string): readonly FilePath[] {
    let files = this.#byName.get(name);
    if (files === undefined) {
      const clean = cleanTemplateName(name);
      const candidates = this.#byBasename.get(basename(clean)) ?? [];
      files = candidates.filter((file) => file === clean || file.endsWith(`/${clean}`));
      this.#byName.set(name, files);
    }
    return files;
  }

  /** Templates that pull in a template, by the template that is pulled in. */
  users(project: Project): ReadonlyMap<FilePath, ReadonlySet<FilePath>> {
    this.#users ??= templateUsers(project);
    return this.#users;
  }

  /** Templates that pull in others by a name that is not written in them, sorted. */
  choosers(): readonly FilePath[] {
    this.#choosers ??= [...this.#templates]
      .flatMap(([file, template]) => (isChoosing(template) ? [file] : []))
      .sort();
    return this.#choosers;
  }
}
