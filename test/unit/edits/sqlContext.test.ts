import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyHoles, type SqlPosition } from '../../../server/core/edits/sqlContext';
import type { SqlDialect } from '../../../server/core/edits/sqlWords';

/** `§` stands for a hole. */
function classify(sql: string, dialect: SqlDialect = 'unknown') {
  const pieces = sql.split('§').flatMap((text, i) => (i === 0 ? [{ text }] : [{ hole: i }, { text }]));
  return classifyHoles(pieces, dialect);
}

const POSITIONS: readonly (readonly [string, SqlPosition | readonly SqlPosition[], SqlDialect?])[] = [
  ['SELECT 1 WHERE a = §', 'value'],
  ['SELECT 1 WHERE a=§ AND b=§', ['value', 'value']],
  ['SELECT 1 WHERE a <> § ORDER BY b', 'value'],
  ["SELECT 1 WHERE a = '§'", 'quoted-value'],
  ["SELECT 1 WHERE a LIKE '%§%'", 'quoted-value'],
  ["SELECT 1 WHERE a LIKE '%' || § || '%'", 'value'],
  ['SELECT 1 WHERE a BETWEEN § AND §', ['value', 'value']],
  ['SELECT 1 WHERE a BETWEEN 1 AND 2 AND §', 'clause'],
  ['UPDATE t SET a = §, b = b + § WHERE id = §', ['value', 'value', 'value']],
  ['UPDATE t SET § = 1', 'identifier'],
  ['UPDATE § SET a = 1', 'identifier'],
  ['INSERT INTO § VALUES (1)', 'identifier'],
  ['INSERT INTO t (§) VALUES (1)', 'identifier'],
  ['INSERT INTO t (a, §) VALUES (1, §)', ['identifier', 'value']],
  ['INSERT INTO t VALUES (§, §), (§, §)', ['value', 'value', 'value', 'value']],
  ['INSERT INTO t VALUES (§)', 'list'],
  ['INSERT INTO t (a) VALUES (§)', 'value'],
  ['INSERT INTO t (a, b) VALUES (§)', 'list'],
  ["INSERT INTO t VALUES ('§')", 'quoted-value'],
  ['DELETE FROM § WHERE a = §', ['identifier', 'value']],
  ['SELECT § FROM t', 'identifier'],
  ['SELECT a, § FROM t', 'identifier'],
  ['SELECT * FROM t JOIN § ON 1', 'identifier'],
  ['SELECT * FROM § JOIN u', 'identifier'],
  ['SELECT * FROM main.§', 'identifier'],
  ['SELECT * FROM §.t', 'identifier'],
  ['SELECT * FROM log_§', 'identifier'],
  ['SELECT 1 WHERE §.a = 1', 'identifier'],
  ['SELECT 1 WHERE §(a) = 1', 'identifier'],
  ['SELECT 1 WHERE § = 1', 'identifier'],
  ['SELECT 1 WHERE § LIKE 1', 'identifier'],
  ['SELECT 1 WHERE §', 'clause'],
  ['SELECT 1 WHERE a § 1', 'clause'],
  ['SELECT 1 §', 'clause'],
  ['§', 'clause'],
  ['SELECT 1 ORDER BY §', 'identifier'],
  ['SELECT 1 ORDER BY a, § DESC', 'identifier'],
  ['SELECT 1 ORDER BY a §', 'clause'],
  ['SELECT 1 GROUP BY §', 'identifier'],
  ['SELECT 1 LIMIT § OFFSET §', ['limit', 'limit']],
  ['SELECT 1 LIMIT §, §', ['limit', 'limit']],
  ['SELECT 1 WHERE a IN (§)', 'list'],
  ['SELECT 1 WHERE a IN §', 'list'],
  ['SELECT 1 WHERE a IN (§, §)', ['value', 'value']],
  ["SELECT 1 WHERE a IN ('§')", 'quoted-value'],
  ['SELECT 1 WHERE a = ANY(§)', 'list'],
  ['SELECT COUNT(§) FROM t', 'expression'],
  ['SELECT 1 WHERE COALESCE(a, §) = 1', 'value'],
  ["SELECT 1 WHERE lower(a) = lower('§')", 'quoted-value'],
  ['CALL p(§, §)', ['value', 'value']],
  ['SELECT 1 WHERE a = (SELECT b FROM c WHERE d = §)', 'value'],
  ['SELECT CASE WHEN a = § THEN § ELSE § END', ['value', 'value', 'value']],
  ["SELECT 1 WHERE a = '§'::uuid", 'quoted-value', 'postgresql'],
  ["SELECT '§' AS x", 'quoted-value'],
  ["SELECT a AS '§'", 'identifier'],
  ["SELECT * FROM '§'", 'identifier'],
  ['SELECT `§` FROM t', 'quoted-identifier'],
  ['SELECT [§] FROM t', 'quoted-identifier'],
  ['SELECT "§" FROM t', 'quoted-identifier'],
  ['SELECT 1 WHERE a = "§"', 'quoted-value', 'mysql'],
  ['SELECT 1 WHERE a = "§"', 'quoted-value', 'sqlite'],
  ['SELECT 1 WHERE a = "§"', 'quoted-identifier', 'postgresql'],
  ["SELECT 1 WHERE a = E'§'", 'typed-literal', 'postgresql'],
  ["SELECT DATE '§'", 'typed-literal'],
  ['SELECT $$§$$', 'typed-literal', 'postgresql'],
  ['SELECT NOW() - INTERVAL § DAY', 'value', 'mysql'],
  ['SELECT 1 -- §', 'comment'],
  ['SELECT 1 /* § */ WHERE a = §', ['comment', 'value']],
  ["SELECT 1 -- it's\nWHERE a = '§'", 'quoted-value'],
  ["SELECT 'it''s' WHERE a = '§'", 'quoted-value'],
  ["SELECT 'a\\'' WHERE a = §", 'value', 'mysql'],
  ['CREATE USER §', 'statement'],
  ['PRAGMA foreign_keys = §', 'statement'],
  ['SET x = §', 'statement'],
  ["SELECT 1 WHERE a = '§", 'clause'],
];

describe('classifyHoles', () => {
  for (const [sql, expected, dialect] of POSITIONS)
    it(`reads ${sql}${dialect === undefined ? '' : ` in ${dialect}`}`, () => {
      const positions = classify(sql, dialect).map((hole) => hole.position);
      expect(positions).toEqual(typeof expected === 'string' ? [expected] : expected);
    });

  it('gives the text on both sides inside the quotes', () => {
    expect(classify("SELECT 1 WHERE a LIKE '%§-§_'")).toMatchObject([
      { quote: "'", prefixText: '%', suffixText: '-', isPattern: true },
      { quote: "'", prefixText: '-', suffixText: '_', isPattern: true },
    ]);
  });

  it('answers for every hole of any text', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'SELECT',
        "'",
        '"',
        '`',
        '--',
        '/*',
        '*/',
        '$$',
        '(',
        ')',
        '§',
        ' ',
        '\n',
        ',',
        '=',
        'IN',
        "''",
        '[',
      ),
      fc.string({ maxLength: 5 }),
    );
    fc.assert(
      fc.property(
        fc.array(piece, { maxLength: 25 }),
        fc.constantFrom<SqlDialect>('mysql', 'unknown', 'postgresql', 'sqlite'),
        (parts, dialect) => {
          const sql = parts.join('').replaceAll('\uFFFC', '');
          expect(classify(sql, dialect)).toHaveLength(sql.split('§').length - 1);
        },
      ),
      { numRuns: 400 },
    );
  });
});
