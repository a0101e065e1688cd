/** `moat rules`: what Moat looks for. */
import { KINDS, type Rule } from '../../core/index';
import { EXIT_CLEAN } from '../io';
import { createStyle, type Style, wantsColor } from '../style';
import { choice, value } from '../usage';
import type { Command } from './command';

export const rules: Command = {
  name: 'rules',
  summary: 'list all rules',
  options: { format: { type: 'string', short: 'f' } },
  help: `Usage: moat rules [--format text|json]

Lists all rules with their severity, CWE and the kind of fix they offer:
"safe" keeps what the code is meant to do, "review" may change it,
"assist" is a start to finish by hand.

Examples:
  moat rules
  moat rules --format json`,

  run(args, io, engine) {
    const format = choice('format', args.text('format'), ['text', 'json'], 'text');
    if (format.kind === 'mistake') return format;
    const text =
      format.value === 'json'
        ? JSON.stringify(engine.rules.map(toJson), undefined, 2)
        : toTable(engine.rules, createStyle(wantsColor(io, io.stdout)));
    io.stdout.write(`${text}\n`);
    return value(EXIT_CLEAN);
  },
};

function toJson(rule: Rule) {
  const { cwe, owasp } = KINDS[rule.kind];
  return {
    id: rule.id,
    title: rule.title,
    severity: rule.severity,
    cwe: `CWE-${cwe}`,
    owasp: `${owasp}:2021`,
    fixSafety: rule.fixSafety ?? null,
    references: rule.doc.references,
  };
}

function toTable(all: readonly Rule[], style: Style): string {
  const header = ['Rule', 'Severity', 'CWE', 'Fix', 'What it is'];
  const rows = all.map((rule) => [
    rule.id,
    rule.severity,
    `CWE-${KINDS[rule.kind].cwe}`,
    rule.fixSafety ?? '–',
    rule.title,
  ]);
  const widths = header.map((name, column) =>
    Math.max(name.length, ...rows.map((row) => row[column]?.length ?? 0)),
  );
  const pad = (row: readonly string[]) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0));
  const lines = all.map((rule, index) => {
    const [id = '', severity = '', ...rest] = pad(rows[index] ?? []);
    return [style.bold(id), style.severity(rule.severity, severity), ...rest].join('  ').trimEnd();
  });
  const nRules = `${all.length} rules; "moat explain RULE" tells about one.`;
  return [style.dim(pad(header).join('  ').trimEnd()), ...lines, '', style.dim(nRules)].join('\n');
}
