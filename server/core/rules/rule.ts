/** What a rule is. One file per rule in this folder exports `rule`; the registry is generated from the folder.
 *  A rule reads facts and flows of one file and says what is wrong; it keeps no state and reads nothing else. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import type { TextEdit } from '../base/textEdit';
import type { FlowStep } from '../flow/path';
import type { Kind } from '../knowledge/kinds';
import type { Place } from '../model/place';
import type { FileContext } from './context';
import type { UnitContext } from './unitContext';

/** From worst to mildest; the order is used for comparisons. */
export const SEVERITIES = ['error', 'warning', 'information', 'hint'] as const;
export type Severity = (typeof SEVERITIES)[number];

export type Confidence = 'high' | 'medium' | 'low';

/** `safe` keeps intended behaviour and may run in bulk; `review` may change it; `assist` is a scaffold to finish. */
export type FixSafety = 'safe' | 'review' | 'assist';

export interface RuleDoc {
  /** What an attacker can do, in plain words. Markdown. */
  readonly happens: string;
  /** Files by path. The engine must report the rule in `vulnerable` and nothing in `safe` (tested). */
  readonly vulnerable: Readonly<Record<FilePath, string>>;
  readonly safe: Readonly<Record<FilePath, string>>;
  /** Why the safe one works. */
  readonly why: string;
  /** When it is fine to ignore, and what the rule cannot see. */
  readonly limits: string;
  readonly references: readonly { readonly title: string; readonly url: string }[];
}

export interface Rule {
  /** Kebab-case, equal to the file's name; names the insecure pattern. */
  readonly id: string;
  /** A few words for lists, such as `SQL injection`. */
  readonly title: string;
  /** CWE and OWASP category come from here. */
  readonly kind: Kind;
  /** Severity of a finding with a proven path; a finding may say a milder one. */
  readonly severity: Severity;
  /** Class of the fix that the rule writes in the usual case. */
  readonly fixSafety?: FixSafety;
  /** True for a rule about what an app as a whole lacks: it says nothing of the code where it reports. */
  readonly isAboutWhole?: boolean;
  readonly doc: RuleDoc;
  /** What is wrong in a file as a whole: flows that end in it, its settings, its template. */
  check?(context: FileContext): Iterable<RawFinding>;
  /** What is wrong in one template: a file, or a string of Python that is rendered. */
  checkTemplate?(context: FileContext): Iterable<RawFinding>;
  /** What is wrong in one top-level statement of a Python file. The findings are kept until the statement, or
   *  something that was read of the project, has changed: the place for everything that needs no flow. */
  checkUnit?(unit: UnitContext): Iterable<UnitFinding>;
  /** Recomputed on request, never stored. The first is preferred. */
  fix?(context: FileContext, finding: RawFinding): readonly FixOutcome[];
}

/** A finding as its rule states it. */
export interface RawFinding {
  readonly range: Range;
  /** One sentence, fact first, code in backticks. */
  readonly message: string;
  readonly severity?: Severity;
  readonly confidence: Confidence;
  readonly path: readonly FlowStep[];
}

/** A finding whose range is relative to the unit it was found in. */
export interface UnitFinding {
  readonly range: Range;
  readonly message: string;
  readonly severity?: Severity;
  readonly confidence: Confidence;
  readonly path?: readonly { readonly place: Place; readonly message: string }[];
}

/** A finding as everybody else sees it. Ranges are absolute offsets in `file`. */
export interface Finding {
  readonly ruleId: string;
  readonly file: FilePath;
  readonly range: Range;
  readonly message: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  /** Source first, sink last. Empty where there is no flow (configuration rules). */
  readonly path: readonly FlowStep[];
  /** Stable over edits elsewhere in the file: made of rule, file, surrounding code and an occurrence count. */
  readonly fingerprint: string;
  /** Present when a fix is offered. */
  readonly fixSafety?: FixSafety;
}

/** All edits to one file. Ranges refer to the file's present text. */
export interface FileEdit {
  readonly file: FilePath;
  /** The file does not exist yet: create it with the edits' texts. */
  readonly isNew: boolean;
  readonly edits: readonly TextEdit[];
}

export interface Fix {
  /** Imperative, no period. */
  readonly title: string;
  readonly safety: FixSafety;
  readonly edits: readonly FileEdit[];
}

export type FixOutcome =
  | { readonly kind: 'fix'; readonly fix: Fix }
  /** Why no fix is written, in words for a person: "…, because …". */
  | { readonly kind: 'refused'; readonly reason: string };
