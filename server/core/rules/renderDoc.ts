/** A rule's doc as Markdown, for hovers, pages in the editor, `moat explain` and SARIF help. */
import { KINDS } from '../knowledge/kinds';
import type { Rule } from './rule';

export function renderRuleDoc(rule: Rule): string {
  const { doc } = rule;
  const kind = KINDS[rule.kind];
  return [
    `# ${rule.title}`,
    `\`${rule.id}\` · ${rule.severity} · CWE-${kind.cwe} · OWASP ${kind.owasp}:2021`,
    '## What can happen',
    doc.happens,
    '## Vulnerable',
    ...renderFiles(doc.vulnerable),
    '## Safe',
    ...renderFiles(doc.safe),
    '## Why it works',
    doc.why,
    '## Limits',
    doc.limits,
    '## Read more',
    doc.references.map((reference) => `- [${reference.title}](${reference.url})`).join('\n'),
    '',
  ].join('\n\n');
}

function renderFiles(files: Readonly<Record<string, string>>): string[] {
  return Object.entries(files).map(([path, text]) => {
    const language = path.endsWith('.py') ? 'python' : 'html';
    return `\`${path}\`\n\n\`\`\`${language}\n${text.trim()}\n\`\`\``;
  });
}
