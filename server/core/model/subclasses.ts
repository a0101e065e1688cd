/** Classes that inherit from a class. */
import type { Project } from './project';
import { type ClassRef, isSameRef } from './refs';
import { unitFacts } from './unitFacts';

/** Subclasses looked at for one question: a base of hundreds of classes says nothing of any of them. */
const MAX_SUBCLASSES = 60;

/** Subclasses of a class at any distance, nearest first, as far as they name their base as the project does. */
export function subclassesOf(project: Project, ref: ClassRef): readonly ClassRef[] {
  const found = [ref];
  for (const base of found) {
    if (found.length > MAX_SUBCLASSES) break;
    for (const one of directSubclasses(project, base))
      if (!found.some(({ node }) => node === one.node)) found.push(one);
  }
  return found.slice(1);
}

function directSubclasses(project: Project, ref: ClassRef): readonly ClassRef[] {
  return project.unitsTelling(`base:${ref.node.name.id}`).flatMap(({ file, tree }) =>
    unitFacts(tree).classes.flatMap(({ node, owners }): ClassRef[] => {
      const candidate: ClassRef = { kind: 'class', file, tree, node, owners };
      const inherits = () => project.resolver.directBases(candidate).some((base) => isSameRef(base, ref));
      return node !== ref.node && node.args.length > 0 && inherits() ? [candidate] : [];
    }),
  );
}
