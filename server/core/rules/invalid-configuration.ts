/** Something in moat.toml or `[tool.moat]` that Moat cannot use. */
import { problemFinding, suggestionFix } from './problems';
import type { Rule } from './rule';

export const rule = {
  id: 'invalid-configuration',
  title: 'Setting that Moat cannot use',
  kind: 'upkeep',
  severity: 'warning',
  fixSafety: 'review',
  doc: {
    happens:
      'A key of `moat.toml` or of `[tool.moat]` in `pyproject.toml` is misspelled or has a value that does not fit. Moat ' +
      'leaves it out and applies all others, so a file that you meant to exclude may still be checked, or a rule that ' +
      'you meant to be strict about may not.',
    vulnerable: { 'moat.toml': '[rules]\nsql-injektion = "error"\n' },
    safe: { 'moat.toml': '[rules]\nsql-injection = "error"\n' },
    why: 'Every key is one that Moat knows, and every value is one that it takes.',
    limits: 'While the file is no TOML, what it said before counts.',
    references: [{ title: 'TOML', url: 'https://toml.io/en/v1.0.0' }],
  },
  *check(context) {
    for (const problem of context.configProblems()) yield problemFinding(problem);
  },
  fix: (context, finding) => suggestionFix(context, context.configProblems(), finding),
} satisfies Rule;
