/** Findings of the rules that look at one top-level statement. */
import type { FilePath } from '../base/filePath';
import { shared } from '../base/lists';
import type { Logger } from '../base/logger';
import { shifted } from '../base/range';
import type { FlowEngine } from '../flow/engine';
import type { Project } from '../model/project';
import type { RawFinding, Rule, UnitFinding } from '../rules/rule';
import type { UnitContext } from '../rules/unitContext';
import { toStep } from './fileContext';
import { UnitMemo } from './unitMemo';

type Found = UnitFinding & { readonly rule: Rule };

export class UnitFindings {
  readonly #project: Project;
  readonly #rules: readonly Rule[];
  readonly #logger: Logger;
  readonly #memo: UnitMemo<readonly Found[]>;

  constructor(project: Project, engine: FlowEngine, rules: readonly Rule[], logger: Logger) {
    this.#project = project;
    this.#rules = rules.filter(({ checkUnit }) => checkUnit !== undefined);
    this.#logger = logger;
    this.#memo = new UnitMemo(project, engine, (unit) => {
      const found: Found[] = [];
      for (const rule of this.#rules) this.#tryRule(rule, unit, found);
      return shared(found);
    });
  }

  /** Findings of one file, in absolute ranges. */
  *of(file: FilePath): Generator<RawFinding & { readonly rule: Rule }> {
    for (const { base, tree } of this.#project.module(file)?.units ?? [])
      for (const finding of this.#memo.of(file, tree))
        yield {
          ...finding,
          range: shifted(finding.range, base),
          path: (finding.path ?? []).map(({ place, message }) => toStep(this.#project, place, message)),
        };
  }

  #tryRule(rule: Rule, unit: UnitContext, found: Found[]): void {
    const nBefore = found.length;
    try {
      for (const finding of rule.checkUnit?.(unit) ?? []) found.push({ ...finding, rule });
    } catch (cause) {
      found.length = nBefore;
      this.#logger.error(
        `Rule ${rule.id} failed on ${unit.file}; some of its findings there are missing`,
        cause,
      );
    }
  }
}
