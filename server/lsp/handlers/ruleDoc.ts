/** moat/ruleDoc and moat/rules: what the client's pages and pickers show. */
import { isRecord, renderRuleDoc } from '../../core/index';
import { RULE_DOC_REQUEST, RULES_REQUEST, type RuleDoc, type RuleSummary } from '../../protocol/requests';
import type { Session } from '../session';

export function registerRuleDoc(session: Session): void {
  const { rules } = session.environment;
  session.connection.onRequest(RULE_DOC_REQUEST, (params: unknown): RuleDoc | null => {
    const own = session.workspace.folders.flatMap(({ analyzer }) => analyzer.rules());
    const rule = isRecord(params) ? [...rules, ...own].find(({ id }) => id === params.ruleId) : undefined;
    if (rule === undefined) return null;
    return { ruleId: rule.id, title: session.titleOf(rule), markdown: renderRuleDoc(rule) };
  });
  session.connection.onRequest(RULES_REQUEST, (): RuleSummary[] =>
    rules
      .map((rule) => ({ ruleId: rule.id, title: session.titleOf(rule), severity: rule.severity }))
      .sort((a, b) => (a.ruleId < b.ruleId ? -1 : 1)),
  );
}
