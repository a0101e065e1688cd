/** The engine of one folder: texts go in, findings and fixes come out. Synchronous, no I/O, no timers. */
import type { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Logger } from '../base/logger';
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import type { Config, ConfigLayer } from '../config/config';
import type { Finding, Fix, Rule } from '../rules/rule';
import type { SurfaceRoute } from './attackSurface';
import type { AppChecklist } from './checklist';
import type { FindingAction } from './findingActions';

export interface AnalyzerHost {
  readonly logger: Logger;
  /** A fresh random key of 32 bytes in hex, for fixes that write a secret. The core has no randomness. */
  createSecret(): string;
  /** False when texts are set once and then checked: nothing is noted for telling what an edit leaves valid. An edit
   *  is still answered rightly, but from scratch. Default: true. */
  readonly isEdited?: boolean;
}

/** How much is worked out before a file is checked. */
export type Scope = 'file' | 'project';

export interface FileReport {
  readonly file: FilePath;
  readonly findings: readonly Finding[];
  /** True while the file does not parse: the findings are the last good ones, moved along with the edits. */
  readonly isCarriedOver: boolean;
  /** What was left out because a budget ran out, in words; empty when nothing was. */
  readonly cuts: readonly string[];
}

/** A finding that a comment switches off. */
export interface SuppressedFinding {
  readonly finding: Finding;
  /** What the comment says; `''` if nothing. */
  readonly reason: string;
}

/** An offered fix, or the reason why there is none. */
export type FixOffer =
  | { readonly kind: 'fix'; readonly ruleId: string; readonly fingerprint: string; readonly fix: Fix }
  | {
      readonly kind: 'refused';
      readonly ruleId: string;
      readonly fingerprint: string;
      readonly reason: string;
    };

/** A comment that switches findings off. */
export interface SuppressionReport {
  readonly range: Range;
  readonly scope: 'line' | 'file' | 'block';
  /** `moat`, or the other tool whose comment it is. */
  readonly tool: string;
  /** Undefined for every rule. */
  readonly ruleIds: readonly string[] | undefined;
  /** `''` if none is given. */
  readonly reason: string;
  /** It switches nothing off, wholly or for one of its rules. */
  readonly isIdle: boolean;
}

export interface Analyzer {
  /** True for files that tell the analyzer something: Python, templates, .env, .gitignore, requirements, … */
  isRelevant(file: FilePath): boolean;
  /** Adds a file or replaces its text. A small change is parsed incrementally. */
  setFile(file: FilePath, text: string): void;
  /** Applies edits, each to the text that the one before left (as LSP sends them). */
  editFile(file: FilePath, edits: readonly TextEdit[]): void;
  removeFile(file: FilePath): void;
  hasFile(file: FilePath): boolean;
  textOf(file: FilePath): string | undefined;
  /** Files that can have findings, sorted. */
  checkableFiles(): readonly FilePath[];
  /** Settings on top of what the folder's own files say. */
  configure(settings: ConfigLayer): void;
  /** What counts by now: `moat.toml` or `[tool.moat]` in `pyproject.toml`, and the settings on top. */
  config(): Config;
  /** Moat's rules and those of the configuration. */
  rules(): readonly Rule[];
  /** Findings of one file, sorted by position; cached until something they depend on changes. With scope `project`
   *  (the default) all files are worked out first. With `file` this is left out while many files are new, as right
   *  after a folder was opened: flows that end here but start in another file are then those known so far. */
  check(file: FilePath, budget?: Budget, scope?: Scope): FileReport;
  /** Findings of one file that comments switch off, worked out anew: for reports that list them. */
  suppressed(file: FilePath, budget?: Budget): readonly SuppressedFinding[];
  /** Works out one more file of the project; false when none is left. For hosts that must not block. */
  solveNext(budget?: Budget): boolean;
  /** Checked files whose findings may differ from what the last `check` of them gave, without the given one, as
   *  far as the project is worked out. */
  staleFiles(except?: FilePath): readonly FilePath[];
  /** Fixes for the findings that touch `range`, computed now from the present text. */
  fixesAt(file: FilePath, range: Range, budget?: Budget): readonly FixOffer[];
  /** Fixes for one finding; empty if it is no longer there. */
  fixesFor(file: FilePath, fingerprint: string, budget?: Budget): readonly FixOffer[];
  /** What else can be done about one finding: comments and rows that switch it off. Empty if it is not there. */
  actionsFor(file: FilePath, fingerprint: string, budget?: Budget): readonly FindingAction[];
  /** The comments of a file that switch findings off, in order. */
  suppressions(file: FilePath, budget?: Budget): readonly SuppressionReport[];
  /** One fix that mends every finding of `ruleId` in the file (all safe ones of any rule if undefined), or
   *  undefined when there is none. */
  fixAll(file: FilePath, ruleId: string | undefined, budget?: Budget): Fix | undefined;
  /** Works out one file's share of the surface and the checklists. For hosts that must not block. */
  survey(file: FilePath): void;
  /** Routes of one file, with the findings that are known so far. */
  routesIn(file: FilePath): readonly SurfaceRoute[];
  /** Every route of the project, by file and place. Checks what is not checked yet; cheap when all is. */
  attackSurface(budget?: Budget): readonly SurfaceRoute[];
  /** What each app of the project keeps of what a safe app promises. Checks what is not checked yet. */
  checklists(budget?: Budget): readonly AppChecklist[];
}
