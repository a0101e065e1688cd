/** Makes the rule about something that an app as a whole lacks. It is said once, where the app is made. */
import type { AppFacts } from '../model/appFacts';
import { isAppCreation } from '../model/appUnit';
import type { Call } from '../syntax/python/ast';
import type { FileContext } from './context';
import type { FixOutcome, Rule, Severity } from './rule';
import type { UnitContext } from './unitContext';
import { callAt, type Located } from './unitNodes';

export interface Lack {
  /** One sentence, fact first. */
  readonly message: string;
  readonly severity?: Severity;
}

export interface AppRuleSpec extends Omit<Rule, 'check' | 'checkUnit' | 'fix'> {
  /** What is missing; undefined when nothing is, or when it is not certain. */
  toLack(facts: AppFacts): Lack | undefined;
  fix(context: FileContext, app: Located<Call>, facts: AppFacts): readonly FixOutcome[];
}

export function appRule({ toLack, fix, ...spec }: AppRuleSpec): Rule {
  return {
    ...spec,
    isAboutWhole: true,
    *checkUnit(unit) {
      const { file, tree, isTest, project } = unit;
      if (isTest) return;
      const made = creationIn(unit);
      if (made === undefined || !project.apps.isFirstApp(file, tree)) return;
      const lack = toLack(project.apps.factsOf(file));
      if (lack === undefined) return;
      yield { range: made.func, confidence: 'medium', ...lack };
    },
    fix(context, finding) {
      const app = callAt(context, finding.range);
      return app === undefined ? [] : fix(context, app, context.project.apps.factsOf(context.file));
    },
  };
}

const creations = new WeakMap<UnitContext, Call | undefined>();

/** The call that makes an app. Many rules ask. */
function creationIn(unit: UnitContext): Call | undefined {
  if (creations.has(unit)) return creations.get(unit);
  const { facts, project, site } = unit;
  const found = facts.calls.find(({ node, owners }) => isAppCreation(project, node, site(owners)))?.node;
  creations.set(unit, found);
  return found;
}
