/** SQL text that is put together from values of unknown origin: the habit that SQL injection comes from. */
import type { SinkHit } from '../flow/machine';
import { isTainted } from '../flow/values';
import type { FileContext } from './context';
import { fixClause, fixQuery } from './queryFix';
import type { Rule } from './rule';
import { sqlFaultOf, unknownHoles } from './sqlFault';

export const rule = {
  id: 'sql-string-building',
  title: 'SQL put together as text',
  kind: 'sql',
  severity: 'hint',
  fixSafety: 'review',
  doc: {
    happens:
      'Nothing shows that a visitor controls this value today. But it goes into the query as SQL text: the day somebody ' +
      'passes a form field to this function, or a name with an apostrophe is stored, the query breaks or does something else.',
    vulnerable: {
      'store.py': `
import sqlite3


def find_user(name):
    db = sqlite3.connect("app.db")
    return db.execute(f"SELECT id FROM users WHERE name = '{name}'").fetchone()
`,
    },
    safe: {
      'store.py': `
import sqlite3

TABLE = "users"


def find_user(name):
    db = sqlite3.connect("app.db")
    return db.execute(f"SELECT id FROM {TABLE} WHERE name = ?", (name,)).fetchone()
`,
    },
    why: 'A parameter is never read as SQL, wherever it comes from, so nobody has to know who calls the function.',
    limits:
      'A hint, because no path from a request is known. Constants of the code in the text are fine and not reported.',
    references: [
      { title: 'CWE-89: SQL Injection', url: 'https://cwe.mitre.org/data/definitions/89.html' },
      {
        title: 'OWASP: Query Parameterization Cheat Sheet',
        url: 'https://cheatsheetseries.owasp.org/cheatsheets/Query_Parameterization_Cheat_Sheet.html',
      },
    ],
  },
  check: (context) =>
    suspects(context).map((hit) => ({
      range: context.rangeOf(hit.site.tree, hit.argument),
      message: 'This SQL text is put together from values whose origin is not known.',
      confidence: 'low' as const,
      path: [],
    })),
  fix(context, finding) {
    const hit = suspects(context).find((candidate) => {
      const range = context.rangeOf(candidate.site.tree, candidate.argument);
      return range.start === finding.range.start && range.end === finding.range.end;
    });
    if (hit === undefined) return [];
    return sqlFaultOf(hit) === 'clause' ? fixClause(context, hit) : fixQuery(context, hit);
  },
} satisfies Rule;

/** Values only: a name that the code chooses is the usual way to write a query for several tables. */
function suspects(context: FileContext): readonly SinkHit[] {
  if (context.isTest) return [];
  return context
    .sinkHits('sql')
    .filter((hit) => !isTainted(hit.value, 'sql'))
    .filter((hit) =>
      unknownHoles(hit).some(({ position }) => position === 'value' || position === 'quoted-value'),
    );
}
