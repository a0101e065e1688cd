/** A rule's doc as Markdown, for hovers, pages in the editor, `moat explain` and SARIF help. */
import { KINDS } from '../knowledge/kinds';
import type { Rule } from './rule';

export function renderRuleDoc(rule: Rule): string {
  const { doc } = rule;
  const kind = KINDS[rule.kind];
  const sections: readonly (readonly [string, string])[] = [
    ['What can happen', doc.happens],
    ['Vulnerable', renderFiles(doc.vulnerable)],
    ['Safe', renderFiles(doc.safe)],
    ['Why it works', doc.why],
    ['Limits', doc.limits],
    ['Read more', doc.references.map(({ title, url }) => `- [${title}](${url})`).join('\n')],
  ];
  return [
    `# ${rule.title}`,
    `\`${rule.id}\` · ${rule.severity} · CWE-${kind.cwe} · OWASP ${kind.owasp}:2021`,
    // Custom rules say less.
    ...sections.flatMap(([title, text]) => (text === '' ? [] : [`## ${title}`, text])),
    '',
  ].join('\n\n');
}

function renderFiles(files: Readonly<Record<string, string>>): string {
  return Object.entries(files)
    .map(([path, text]) => `\`${path}\`\n\n\`\`\`${languageOf(path)}\n${text.trim()}\n\`\`\``)
    .join('\n\n');
}

function languageOf(path: string): string {
  if (path.endsWith('.py')) return 'python';
  return path.endsWith('.toml') ? 'toml' : 'html';
}
