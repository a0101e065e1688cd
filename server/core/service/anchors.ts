/** Findings name places in other files. Those move when something above them is edited, although nothing that the
 *  finding depends on has changed. */
import type { FilePath } from '../base/filePath';
import type { Project } from '../model/project';
import { unitOf } from '../model/unitPlaces';
import type { Finding } from '../rules/rule';
import type { UnitTree } from '../syntax/python/ast';
import { unitAt } from '../syntax/python/walk';

/** A unit of another file that a finding's path goes through, and where it began at the time. */
export interface Anchor {
  readonly file: FilePath;
  readonly tree: UnitTree;
  readonly base: number;
}

export function anchorsOf(project: Project, file: FilePath, findings: readonly Finding[]): readonly Anchor[] {
  const anchors = new Map<UnitTree, Anchor>();
  for (const { path } of findings)
    for (const step of path) {
      const module = step.file === file ? undefined : project.module(step.file);
      const unit = module === undefined ? undefined : unitAt(module, step.range.start);
      if (unit !== undefined) anchors.set(unit.tree, { file: step.file, ...unit });
    }
  return [...anchors.values()];
}

/** True while every place in other files is where it was. */
export function areInPlace(project: Project, anchors: readonly Anchor[]): boolean {
  return anchors.every(({ file, tree, base }) => {
    const module = project.module(file);
    return module !== undefined && unitOf(module, tree)?.base === base;
  });
}
