/** The core's public face: what the language server and the command may use. */
export { Budget, type CancellationToken, NEVER_CANCELLED } from './base/budget';
export { editDistance } from './base/editDistance';
export { basename, dirname, extension, type FilePath, joinPath } from './base/filePath';
export { hash } from './base/hash';
export { isRecord } from './base/isRecord';
export { LineIndex, type Position } from './base/lineIndex';
export { type Logger, SILENT } from './base/logger';
export type { Range } from './base/range';
export { applyEdits, diffEdit, type TextEdit } from './base/textEdit';
export {
  BASELINE_FILE,
  type Baseline,
  type BaselineEntry,
  type BaselineFinding,
  type BaselineMatch,
  baselineFingerprint,
  type FileState,
  matchBaseline,
  parseBaseline,
  pruneBaseline,
  renderBaseline,
  toBaseline,
} from './config/baseline';
export { type Config, type ConfigLayer, DEFAULT_CONFIG, type RuleSetting } from './config/config';
export { createPathMatcher, type PathMatcher } from './config/glob';
export type { ConfigProblem } from './config/problem';
export { CONFIG_FILES, readSettings, readWord } from './config/read';
export type { FlowStep } from './flow/path';
export { RULES } from './generated/registry';
export { KINDS, type Kind } from './knowledge/kinds';
export type { InputKind, RouteInput } from './model/viewFacts';
export type { LoginState } from './model/viewLogin';
export { renderRuleDoc } from './rules/renderDoc';
export {
  type Confidence,
  type FileEdit,
  type Finding,
  type Fix,
  type FixSafety,
  type Rule,
  SEVERITIES,
  type Severity,
} from './rules/rule';
export type {
  Analyzer,
  AnalyzerHost,
  FileReport,
  FixOffer,
  Scope,
  SuppressionReport,
} from './service/analyzer';
export { type CsrfState, isChanging, type SurfaceRoute } from './service/attackSurface';
export { type ConfigurationReport, checkConfiguration } from './service/checkConfiguration';
export type { AppChecklist, ChecklistLine, ChecklistRow, CheckPlace, CheckStatus } from './service/checklist';
export { REASONS, type Wording, worded } from './service/checklistTexts';
export { type ConfigItem, configHover, configItems } from './service/configHelp';
export { configuredFile } from './service/configuredFile';
export { createAnalyzer } from './service/createAnalyzer';
export type { FindingAction } from './service/findingActions';
export {
  checklistMarkdown,
  inputWords,
  issueMarkdown,
  type MarkdownTools,
  routeCells,
  surfaceMarkdown,
  titleOf,
} from './service/overviewMarkdown';
export { PRACTICE_TITLES, type PracticeId } from './service/practices';
export { CSRF_TEXTS, HEADINGS, INPUT_TEXTS, LOGIN_TEXTS } from './service/surfaceTexts';
export { UNUSED_SUPPRESSION } from './service/unused';
