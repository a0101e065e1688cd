/** Everything that is made of a folder's texts under one knowledge. */

import { FlowEngine } from '../flow/engine';
import { createKnowledge, type Knowledge } from '../knowledge/index';
import type { OwnLibrary } from '../knowledge/library';
import { Project } from '../model/project';
import type { Rule } from '../rules/rule';
import type { AnalyzerHost } from './analyzer';
import { FileStore } from './fileStore';
import { Overview } from './overview';
import { UnitFindings } from './unitFindings';
import { UnitMemos } from './unitMemo';

export interface World {
  readonly knowledge: Knowledge;
  readonly project: Project;
  readonly store: FileStore;
  readonly engine: FlowEngine;
  readonly unitFindings: UnitFindings;
  readonly unitMemos: UnitMemos;
  readonly overview: Overview;
}

/** An empty one. Trees and all that hangs on them are of one world only. */
export function createWorld(host: AnalyzerHost, rules: readonly Rule[], own: OwnLibrary | undefined): World {
  const project = new Project(host);
  const engine = new FlowEngine(project, host.logger);
  return {
    knowledge: createKnowledge(own),
    project,
    store: new FileStore(project),
    engine,
    unitFindings: new UnitFindings(project, engine, rules, host.logger),
    unitMemos: new UnitMemos(project, engine),
    overview: new Overview(project),
  };
}
