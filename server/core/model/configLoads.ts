/** Which files the app loads as configuration: `from_object("shop.settings")`, `from_pyfile("config.py")`. */
import { basename, type FilePath } from '../base/filePath';
import type { UnitTree } from '../syntax/python/ast';
import { literalText } from '../syntax/python/literals';
import type { Project } from './project';
import { unitFacts } from './unitFacts';

/** `name` is a module (`from_object`) or a path (`from_pyfile`); `__name__` stands for the file itself. */
export interface ConfigLoad {
  readonly form: 'module' | 'path';
  readonly name: string;
}

export function configLoadsOf(tree: UnitTree): readonly ConfigLoad[] {
  return unitFacts(tree).calls.flatMap(({ node }): ConfigLoad[] => {
    const [first] = node.args;
    if (node.func.kind !== 'Attribute' || first === undefined) return [];
    const form =
      node.func.attr.id === 'from_object'
        ? 'module'
        : node.func.attr.id === 'from_pyfile'
          ? 'path'
          : undefined;
    const name =
      first.value.kind === 'Name' && first.value.id === '__name__' ? '__name__' : literalText(first.value);
    return form === undefined || name === undefined ? [] : [{ form, name }];
  });
}

export function loadedFiles(project: Project, from: FilePath, load: ConfigLoad): readonly FilePath[] {
  if (load.name === '__name__') return [from];
  if (load.form === 'path')
    return project.pythonFiles().filter((file) => basename(file) === basename(load.name));
  const target = project.findModule(from, load.name, 0);
  return target === undefined ? [] : [target];
}
