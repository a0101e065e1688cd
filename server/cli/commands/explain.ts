/** `moat explain`: the doc of one rule. */
import { renderRuleDoc } from '../../core/index';
import { closest } from '../closest';
import { EXIT_CLEAN } from '../io';
import { renderMarkdown } from '../markdown';
import { createStyle, wantsColor } from '../style';
import { choice, mistake, value } from '../usage';
import type { Command } from './command';

export const explain: Command = {
  name: 'explain',
  summary: 'say what a rule is about and how to fix its findings',
  options: { format: { type: 'string', short: 'f' } },
  help: `Usage: moat explain RULE [--format text|markdown]

Shows what can happen, a vulnerable and a safe example, why the safe one works,
and when the rule may be ignored. "moat rules" lists all rules.

Examples:
  moat explain sql-injection
  moat explain jinja-safe-filter --format markdown`,

  run(args, io, engine) {
    const format = choice('format', args.text('format'), ['text', 'markdown'], 'text');
    if (format.kind === 'mistake') return format;
    const [id, ...others] = args.positionals;
    if (id === undefined || others.length > 0) {
      return mistake('Name one rule, as in "moat explain sql-injection".');
    }
    const rule = engine.rules.find((each) => each.id === id);
    if (rule === undefined) {
      return mistake(unknownRule(id, engine.rules));
    }
    const markdown = renderRuleDoc(rule);
    const style = createStyle(wantsColor(io, io.stdout));
    io.stdout.write(
      format.value === 'markdown' ? `${markdown.trim()}\n` : `${renderMarkdown(markdown, style)}\n`,
    );
    return value(EXIT_CLEAN);
  },
};

export function unknownRule(id: string, rules: readonly { readonly id: string }[]): string {
  const guess = closest(
    id,
    rules.map((rule) => rule.id),
  );
  const hint = guess === undefined ? '"moat rules" lists all rules.' : `Did you mean ${guess}?`;
  return `There is no rule "${id}". ${hint}`;
}
