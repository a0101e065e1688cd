/** Builds what rules read about one top-level statement. */
import { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { FlowEngine } from '../flow/engine';
import { KNOWLEDGE } from '../knowledge/index';
import type { Project } from '../model/project';
import { isTestPath } from '../model/testPath';
import { unitFacts } from '../model/unitFacts';
import type { LibraryCall, UnitContext } from '../rules/unitContext';
import type { UnitTree } from '../syntax/python/ast';

/** Steps to interpret one unit for a rule that asks for values. */
const VALUE_STEPS = 100_000;

export function createUnitContext(
  file: FilePath,
  tree: UnitTree,
  project: Project,
  engine: FlowEngine,
): UnitContext {
  const facts = unitFacts(tree);
  const site: UnitContext['site'] = (owners) => ({ file, tree, owners });
  const resolve: UnitContext['resolve'] = (node, owners) => project.resolver.resolve(node, site(owners));
  let calls: readonly LibraryCall[] | undefined;
  return {
    file,
    tree,
    project,
    isTest: isTestPath(file),
    facts,
    site,
    resolve,
    libraryCalls() {
      calls ??= facts.calls.flatMap(({ node, owners }) =>
        resolve(node.func, owners).flatMap((ref): LibraryCall[] =>
          ref.kind === 'external'
            ? [{ name: KNOWLEDGE.canonical(ref.name), call: node, site: site(owners) }]
            : [],
        ),
      );
      return calls;
    },
    configEntries: () => engine.config(file, tree),
    valueOf: (node) => engine.values(file, tree, new Budget(VALUE_STEPS)).get(node),
  };
}
