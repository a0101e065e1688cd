/** Findings of the rules that look at one top-level statement, kept until what they were made from has changed: an
 *  edit costs the statements it touches, however long the file and however many the rules. */
import type { FilePath } from '../base/filePath';
import type { Logger } from '../base/logger';
import { shifted } from '../base/range';
import type { FlowEngine } from '../flow/engine';
import type { Tracked } from '../model/dependencies';
import type { Project } from '../model/project';
import type { RawFinding, Rule, UnitFinding } from '../rules/rule';
import type { UnitContext } from '../rules/unitContext';
import type { UnitTree } from '../syntax/python/ast';
import { toStep } from './fileContext';
import { createUnitContext } from './unitContext';

interface Kept {
  readonly file: FilePath;
  readonly findings: Tracked<readonly (UnitFinding & { readonly rule: Rule })[]>;
}

export class UnitFindings {
  readonly #project: Project;
  readonly #engine: FlowEngine;
  readonly #rules: readonly Rule[];
  readonly #logger: Logger;
  readonly #kept = new WeakMap<UnitTree, Kept>();

  constructor(project: Project, engine: FlowEngine, rules: readonly Rule[], logger: Logger) {
    this.#project = project;
    this.#engine = engine;
    this.#rules = rules.filter(({ checkUnit }) => checkUnit !== undefined);
    this.#logger = logger;
  }

  /** Findings of one file, in absolute ranges. */
  *of(file: FilePath): Generator<RawFinding & { readonly rule: Rule }> {
    for (const { base, tree } of this.#project.module(file)?.units ?? [])
      for (const finding of this.#unit(file, tree))
        yield {
          ...finding,
          range: shifted(finding.range, base),
          path: (finding.path ?? []).map(({ place, message }) => toStep(this.#project, place, message)),
        };
  }

  #unit(file: FilePath, tree: UnitTree): readonly (UnitFinding & { readonly rule: Rule })[] {
    const { tracker } = this.#project;
    const kept = this.#kept.get(tree);
    if (kept !== undefined && kept.file === file && tracker.isValid(kept.findings.dependencies)) {
      tracker.use(kept.findings.dependencies);
      return kept.findings.value;
    }
    const context = createUnitContext(file, tree, this.#project, this.#engine);
    const findings = tracker.track(() =>
      this.#rules.flatMap((rule) => this.#tryRule(rule, context).map((finding) => ({ ...finding, rule }))),
    );
    this.#kept.set(tree, { file, findings });
    return findings.value;
  }

  #tryRule(rule: Rule, unit: UnitContext): readonly UnitFinding[] {
    try {
      return [...(rule.checkUnit?.(unit) ?? [])];
    } catch (cause) {
      this.#logger.error(
        `Rule ${rule.id} failed on ${unit.file}; some of its findings there are missing`,
        cause,
      );
      return [];
    }
  }
}
