/** Templates that escape by themselves, although their name says nothing of HTML, with all that they pull in. */
import type { FilePath } from '../base/filePath';
import { escapesItself, escapeTemplate } from '../edits/escapeTemplate';
import type { Refusal } from '../edits/outcome';
import type { Project } from '../model/project';
import { templateReferences } from '../model/templateGraph';
import type { FileEdit } from './rule';

const ESCAPED = /\.(?:html|htm|xml|xhtml|svg)$/;

/** False also for a name that no file of the project has. */
export function escapesByItself(project: Project, name: string): boolean {
  const files = reached(project, [name]);
  return files?.every((file) => isEscaped(project, file)) === true;
}

export function escapeTemplates(project: Project, names: readonly string[]): readonly FileEdit[] | Refusal {
  const files = reached(project, names);
  if (files === undefined) return { kind: 'refused', reason: 'a template was not found' };
  const edits: FileEdit[] = [];
  for (const file of files) {
    const template = project.template(file);
    if (template === undefined || isEscaped(project, file)) continue;
    const result = escapeTemplate(template);
    if (result.kind === 'refused') return result;
    edits.push({ file, isNew: false, edits: result.edits });
  }
  return edits;
}

function isEscaped(project: Project, file: FilePath): boolean {
  const template = project.template(file);
  return template !== undefined && escapesItself(template);
}

/** The files of these templates and of those that they pull in, as far as their names do not make Flask escape. */
function reached(project: Project, names: readonly string[]): readonly FilePath[] | undefined {
  const files = new Set<FilePath>();
  const pending = [...names];
  for (const name of pending) {
    const found = project.readTemplatesNamed(name);
    if (found.length === 0) return undefined;
    for (const file of found) {
      const template = project.template(file);
      if (files.has(file) || template === undefined) continue;
      files.add(file);
      pending.push(...templateReferences(template).filter((one) => !ESCAPED.test(one)));
    }
  }
  return [...files];
}
