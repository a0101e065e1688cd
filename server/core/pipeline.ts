/** The whole way from text to findings and fixes, step by step: start reading here.
 *
 *    text ─► tree ─► facts ─► flow ─► rules ─► findings ─► fixes
 *
 *  Every step reads only what the ones before it made. All of them are synchronous and do no I/O. What is kept, and
 *  when it is made anew, is the analyzer's business: `service/createAnalyzer.ts`. */
import type { Budget } from './base/budget';
import type { FilePath } from './base/filePath';
import type { Logger } from './base/logger';
import type { FolderConfig } from './config/folderConfig';
import type { RuleSettingsOf } from './config/ruleSettings';
import type { FlowEngine } from './flow/engine';
import type { Project } from './model/project';
import type { Finding, Rule } from './rules/rule';
import type { FixOffer, Scope, SuppressedFinding } from './service/analyzer';
import { createFileContext, suppressionOptions, suppressionsOf } from './service/fileContext';
import { fileKind } from './service/fileKind';
import { actionsFor, type FindingAction } from './service/findingActions';
import { offersOf } from './service/offers';
import { runRules, toFindings } from './service/runRules';
import { applySuppressions, readSuppressions } from './service/suppress';
import type { UnitFindings } from './service/unitFindings';
import type { UnitMemos } from './service/unitMemo';
import { withUnused } from './service/unused';
import { parseTemplate } from './syntax/jinja/parse';
import { parsePython } from './syntax/python/parse';

/** What the steps work with. */
export interface Pipeline {
  readonly project: Project;
  readonly engine: FlowEngine;
  readonly rules: readonly Rule[];
  readonly unitFindings: UnitFindings;
  readonly unitMemos: UnitMemos;
  /** What the folder's files and the editor have set. */
  readonly folder: FolderConfig;
  readonly settingsOf: RuleSettingsOf;
  /** False while some files were never worked out: flows that start there are not known yet. */
  readonly isComplete: boolean;
  readonly logger: Logger;
  createSecret(): string;
}

/** Text → tree → facts. Parsing is total: every text has a tree, and what is wrong with it is part of the tree. */
export function readFile(project: Project, file: FilePath, text: string): void {
  switch (fileKind(file)) {
    case 'python':
      return project.setModule(file, parsePython(text));
    case 'template':
      return project.setTemplate(file, parseTemplate(text));
    case 'other':
      return project.setOther(file, text);
  }
}

/** Facts → flow. What has changed, or used what has changed, is interpreted again. A flow may end in another file
 *  than it starts in: with scope `project` all files are worked out, with `file` only this one. */
export function followData({ engine }: Pipeline, file: FilePath, scope: Scope, budget: Budget): void {
  const isKnown = engine.nUnknownFiles <= MAX_UNKNOWN_FILES;
  if (scope === 'project' || isKnown) engine.solveAll(budget);
  else engine.solveFile(file, budget);
}

/** With more files than this not worked out yet, a check with scope `file` does not wait for them. */
const MAX_UNKNOWN_FILES = 10;

/** Flow → rules → findings. Rules read the flows that end in the file, and facts; comments switch findings off. */
export function findingsIn(pipeline: Pipeline, file: FilePath, budget: Budget): readonly Finding[] {
  const { rules, unitFindings, folder, logger } = pipeline;
  const context = createFileContext(file, { ...pipeline, budget });
  const settingOf = pipeline.settingsOf(file);
  const found = runRules(context, rules, unitFindings, settingOf, logger);
  const isOff = (ruleId: string) => settingOf(ruleId) === 'off';
  const read = suppressionsOf(context, pipeline);
  const { findings, unused } = applySuppressions(context, read, found, isOff);
  const isSure = pipeline.isComplete && !budget.isShort && budget.cuts.length === 0;
  const all = isSure ? withUnused(context, findings, unused, rules, isOff) : findings;
  return toFindings(context, all, settingOf).filter(
    ({ severity }) => folder.config.hints || severity !== 'hint',
  );
}

/** What comments switch off, for reports that list it. */
export function suppressedIn(
  pipeline: Pipeline,
  file: FilePath,
  budget: Budget,
): readonly SuppressedFinding[] {
  const { rules, unitFindings, logger } = pipeline;
  const context = createFileContext(file, { ...pipeline, budget });
  const read = suppressionsOf(context, pipeline);
  if (read === undefined) return [];
  const settingOf = pipeline.settingsOf(file);
  const found = runRules(context, rules, unitFindings, settingOf, logger);
  const { suppressed } = applySuppressions(context, read, found, () => false);
  const findings = suppressed.map(({ finding }) => finding);
  return toFindings(context, findings, settingOf).map((finding, index) => ({
    finding,
    reason: suppressed[index]?.reason ?? '',
  }));
}

/** Findings → fixes, made from the present text whenever they are asked for, or the reason why there is none. */
export function fixesOf(
  pipeline: Pipeline,
  file: FilePath,
  findings: readonly Finding[],
  budget: Budget,
): readonly FixOffer[] {
  const { rules, logger } = pipeline;
  const context = createFileContext(file, { ...pipeline, budget });
  return findings.flatMap((finding) => offersOf(context, finding, rules, logger));
}

/** Findings → comments and settings that switch them off. */
export function actionsOf(pipeline: Pipeline, finding: Finding, budget: Budget): readonly FindingAction[] {
  const context = createFileContext(finding.file, { ...pipeline, budget });
  const rule = pipeline.rules.find(({ id }) => id === finding.ruleId);
  return actionsFor(context, finding, rule, (file) => readSuppressions(file, suppressionOptions(pipeline)));
}
