/** What a rule may read about the file it checks: facts of the project, flows that end in the file, its text. */
import type { FilePath } from '../base/filePath';
import type { Range } from '../base/range';
import type { EmbeddedTemplate } from '../flow/embedded';
import type { MisuseHit, SinkHit, WriteHit } from '../flow/machine';
import type { FlowStep } from '../flow/path';
import type { MarkHit, OutputHit } from '../flow/templates';
import type { Taint, Value } from '../flow/values';
import type { FaultKind, SinkKind } from '../knowledge/kinds';
import type { ConfigEntry } from '../model/appConfig';
import type { Place } from '../model/place';
import type { Project } from '../model/project';
import type { Template } from '../syntax/jinja/ast';
import type { Expression, Module, UnitTree } from '../syntax/python/ast';
import type { Problem } from './problems';
import type { UnitContext } from './unitContext';

/** A template in a string: a file of its own for rules, with the offsets of the Python file. */
export interface EmbeddedContext extends FileContext {
  readonly written: EmbeddedTemplate;
}

export interface FileContext {
  readonly file: FilePath;
  readonly text: string;
  readonly project: Project;
  /** The file as Python; undefined for other files. */
  readonly module?: Module;
  /** The file as a template; undefined for other files. */
  readonly template?: Template;
  /** True for tests, fixtures and the like, where weak settings are meant. */
  readonly isTest: boolean;
  /** Those of a custom rule, if one is named; else those of Moat's own rows and of the user's. */
  sinkHits(kind: SinkKind, ruleId?: string): readonly SinkHit[];
  writeHits(kind: SinkKind): readonly WriteHit[];
  /** Calls and writes that are faults as they are written. */
  misuses(kind: FaultKind, ruleId?: string): readonly MisuseHit[];
  /** True for an expression of a unit whose value the code alone decides. */
  isConstant(tree: UnitTree, node: Expression): boolean;
  /** What an expression of a unit can be as far as its own file says; callers in other files are not asked. */
  valueOf(tree: UnitTree, node: Expression): Value | undefined;
  /** Uses of `|safe` in this template. */
  marks(): readonly MarkHit[];
  /** Every `{{ output }}` of this template that can be reached, with what it can write. */
  outputs(): readonly OutputHit[];
  /** True for a template that Flask does not render, by what stands in it. */
  isOfOtherEngine(): boolean;
  /** Templates that are written as strings in this Python file. */
  embedded(): readonly EmbeddedContext[];
  /** What `checkUnit` saw of a unit of this file, for fixes. */
  unit(tree: UnitTree): UnitContext;
  /** What a function of the module level makes of each unit of this file. It is kept as findings of `checkUnit` are. */
  perUnit<T>(compute: (unit: UnitContext) => T): readonly { readonly tree: UnitTree; readonly value: T }[];
  configEntries(): readonly ConfigEntry[];
  /** What is wrong with Moat's configuration in this file. */
  configProblems(): readonly Problem[];
  /** Comments for Moat that it cannot read. */
  suppressionProblems(): readonly Problem[];
  /** Absolute offset of a unit of this file. */
  baseOf(tree: UnitTree): number;
  /** Absolute range of a node of this file's unit. */
  rangeOf(tree: UnitTree, range: Range): Range;
  /** The way of a taint up to a last step, in words and absolute ranges. */
  flow(taint: Taint, last: Place, message: string): readonly FlowStep[];
  /** One step in absolute ranges. */
  step(place: Place, message: string): FlowStep;
  /** A fresh random key; see `AnalyzerHost`. */
  createSecret(): string;
}
