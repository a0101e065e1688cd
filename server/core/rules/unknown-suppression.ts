/** A suppression comment that switches nothing off, because it is not written as Moat reads it. */
import { problemFinding, suggestionFix } from './problems';
import type { Rule } from './rule';

export const rule = {
  id: 'unknown-suppression',
  title: 'Suppression comment that does not work',
  kind: 'upkeep',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'The comment is meant to switch a finding off, but names a rule that does not exist or is written in a way that ' +
      'Moat does not read. Nothing is switched off, and readers believe that it is.',
    vulnerable: { 'app.py': 'DEBUG = False  # moat: ignore[flask-debug-confg] only on my machine\n' },
    safe: { 'app.py': 'DEBUG = False  # a comment that says nothing to Moat\n' },
    why:
      'A suppression is `# moat: ignore[rule-id] reason`, with several ids if need be, `ignore-file[…]` for the whole ' +
      'file, or `off[…]` up to `moat: on`.',
    limits: 'Comments of other tools are never reported.',
    references: [
      { title: 'CWE-1116: Inaccurate Comments', url: 'https://cwe.mitre.org/data/definitions/1116.html' },
    ],
  },
  *check(context) {
    for (const problem of context.suppressionProblems()) yield problemFinding(problem);
  },
  fix: (context, finding) => suggestionFix(context, context.suppressionProblems(), finding),
} satisfies Rule;
