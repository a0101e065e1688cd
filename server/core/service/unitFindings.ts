/** Findings of the rules that look at one top-level statement, kept until what they were made from has changed: an
 *  edit costs the statements it touches, however long the file and however many the rules. */
import { Budget } from '../base/budget';
import type { FilePath } from '../base/filePath';
import type { Logger } from '../base/logger';
import { shifted } from '../base/range';
import type { FlowEngine } from '../flow/engine';
import { KNOWLEDGE } from '../knowledge/index';
import type { Tracked } from '../model/dependencies';
import type { Project } from '../model/project';
import { unitFacts } from '../model/unitFacts';
import type { RawFinding, Rule, UnitFinding } from '../rules/rule';
import type { LibraryCall, UnitContext } from '../rules/unitContext';
import type { UnitTree } from '../syntax/python/ast';
import { isTestPath, toStep } from './fileContext';

/** Steps to interpret one unit for a rule that asks for values. */
const VALUE_STEPS = 100_000;

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
    const context = this.#context(file, tree);
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

  #context(file: FilePath, tree: UnitTree): UnitContext {
    const project = this.#project;
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
      configEntries: () => this.#engine.config(file, tree),
      valueOf: (node) => this.#engine.values(file, tree, new Budget(VALUE_STEPS)).get(node),
    };
  }
}
