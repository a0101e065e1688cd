import { describe, expect, it } from 'vitest';
import { applyEdits } from '../../../server/core/base/textEdit';
import {
  type ParametrizeRequest,
  type ParamStyle,
  parametrizeQuery,
} from '../../../server/core/edits/parametrizeQuery';
import { collectQueryParts } from '../../../server/core/edits/queryParts';
import type { SqlDialect } from '../../../server/core/edits/sqlWords';
import { parsePython } from '../../../server/core/syntax/python/parse';
import { applied, callNamed, moduleOf } from './support';

interface Options {
  readonly style?: ParamStyle;
  readonly dialect?: SqlDialect;
  readonly method?: string;
  readonly more?: Partial<ParametrizeRequest>;
}

/** Builds the fix for the first `execute` call. Names in capitals are constants. */
function run(text: string, options: Options = {}) {
  const module = moduleOf(text);
  const call = callNamed(module, options.method ?? 'execute');
  const query = call.node.args[0];
  if (query === undefined) throw new Error('no query');
  const wrapper = query.value.kind === 'Call' && query.value.func.kind === 'Name' ? query.value : undefined;
  const isText = wrapper?.func.kind === 'Name' && wrapper.func.id === 'text';
  const expression = isText ? wrapper?.args[0]?.value : query.value;
  if (expression === undefined) throw new Error('no text');
  const collected =
    expression.kind === 'Name'
      ? collectQueryParts({
          scope: module.units.flatMap((unit) => unit.tree.body.map((node) => ({ node, base: unit.base }))),
          variable: expression.id,
          call,
        })
      : undefined;
  if (collected?.kind === 'refused') return collected;
  return parametrizeQuery({
    text,
    parts: collected?.parts ?? [{ node: expression, base: call.base }],
    call,
    query,
    style: options.style ?? (isText ? 'named' : 'qmark'),
    dialect: options.dialect ?? 'unknown',
    isConstant: (node) => (node.kind === 'Name' && /^[A-Z_]+$/.test(node.id)) || node.kind === 'Number',
    isSqlalchemyText: isText,
    ...options.more,
  });
}

type Case = readonly [name: string, before: string, after: string, options?: Options];

const format: Options = { style: 'format' };

const FIXED: readonly Case[] = [
  [
    'a quoted f-string hole',
    `db.execute(f"SELECT 1 WHERE n = '{name}'")`,
    `db.execute("SELECT 1 WHERE n = ?", (name,))`,
  ],
  ['a bare hole', `db.execute(f"SELECT 1 WHERE id = {uid}")`, `db.execute("SELECT 1 WHERE id = ?", (uid,))`],
  [
    'an upper-case prefix',
    `db.execute(F'SELECT 1 WHERE id={uid}')`,
    `db.execute('SELECT 1 WHERE id=?', (uid,))`,
  ],
  [
    'a raw f-string',
    `db.execute(rf"SELECT 1 WHERE a = '\\d' AND id={uid}")`,
    `db.execute(r"SELECT 1 WHERE a = '\\d' AND id=?", (uid,))`,
  ],
  [
    'several holes',
    `db.execute(f"INSERT INTO t (a, b) VALUES ('{a}', {b})")`,
    `db.execute("INSERT INTO t (a, b) VALUES (?, ?)", (a, b))`,
  ],
  [
    'one column inserted',
    `db.execute(f"INSERT INTO t (a) VALUES ({a})")`,
    `db.execute("INSERT INTO t (a) VALUES (?)", (a,))`,
  ],
  [
    'a request value',
    `db.execute(f'SELECT 1 WHERE n = "{request.args["n"]}"')`
      .replace('["n"]', "['n']")
      .replace("f'", "f'''")
      .replace('"\')', "\"''')"),
    `db.execute('''SELECT 1 WHERE n = ?''', (request.args['n'],))`,
  ],
  [
    'a constant table',
    `db.execute(f"SELECT * FROM {TABLE} WHERE n = '{name}'")`,
    `db.execute(f"SELECT * FROM {TABLE} WHERE n = ?", (name,))`,
  ],
  [
    'doubled braces',
    `db.execute(f"SELECT '{{}}' WHERE n = {n}")`,
    `db.execute("SELECT '{}' WHERE n = ?", (n,))`,
  ],
  [
    'doubled braces that stay',
    `db.execute(f"SELECT '{{}}' FROM {T} WHERE n = {n}")`,
    `db.execute(f"SELECT '{{}}' FROM {T} WHERE n = ?", (n,))`,
  ],
  [
    'a LIKE pattern',
    `db.execute(f"SELECT 1 WHERE n LIKE '%{n}%'")`,
    `db.execute("SELECT 1 WHERE n LIKE ?", (f"%{n}%",))`,
  ],
  [
    'a LIKE pattern of a subscript',
    `db.execute(f"SELECT 1 WHERE n LIKE '%{a['n']}%'")`.replace("['n']", '[k]'),
    `db.execute("SELECT 1 WHERE n LIKE ?", (f"%{a[k]}%",))`,
  ],
  [
    'text beside a hole',
    `db.execute(f"SELECT 1 WHERE n = '{a}-{b}'")`,
    `db.execute("SELECT 1 WHERE n = ?", (f"{a}-{b}",))`,
  ],
  [
    'a constant inside the quotes',
    `db.execute(f"SELECT 1 WHERE n = '{PREFIX}{b}'")`,
    `db.execute("SELECT 1 WHERE n = ?", (f"{PREFIX}{b}",))`,
  ],
  [
    'a doubled quote beside a hole',
    `db.execute(f"SELECT 1 WHERE n = 'o''{b}'")`,
    `db.execute("SELECT 1 WHERE n = ?", (f"o'{b}",))`,
  ],
  [
    'a format specification in quotes',
    `db.execute(f"SELECT 1 WHERE n = '{x:>5}'")`,
    `db.execute("SELECT 1 WHERE n = ?", (f"{x:>5}",))`,
  ],
  [
    '!r that only made the quotes',
    `db.execute(f"SELECT 1 WHERE n = {x!r}")`,
    `db.execute("SELECT 1 WHERE n = ?", (x,))`,
  ],
  [
    'str() round a bare value',
    `db.execute("SELECT 1 WHERE id = " + str(x))`,
    `db.execute("SELECT 1 WHERE id = ?", (x,))`,
  ],
  [
    'int() round a bare value',
    `db.execute(f"SELECT 1 WHERE id = {int(x)}")`,
    `db.execute("SELECT 1 WHERE id = ?", (int(x),))`,
  ],
  [
    'int() in quotes stays text',
    `db.execute(f"SELECT 1 WHERE id = '{int(x)}'")`,
    `db.execute("SELECT 1 WHERE id = ?", (str(int(x)),))`,
  ],
  [
    'quotes doubled by hand',
    `db.execute("SELECT 1 WHERE n = '" + x.replace("'", "''") + "'")`,
    `db.execute("SELECT 1 WHERE n = ?", (x,))`,
  ],
  [
    'a repeated value',
    `db.execute(f"SELECT 1 WHERE a = {x} OR b = {x}")`,
    `db.execute("SELECT 1 WHERE a = ? OR b = ?", (x, x))`,
  ],
  [
    'a sum',
    `db.execute("SELECT 1 WHERE n = '" + n + "' AND a = " + a)`,
    `db.execute("SELECT 1 WHERE n = ? AND a = ?", (n, a))`,
  ],
  [
    'a sum in single quotes',
    `db.execute('SELECT 1 WHERE n = "' + n + '"')`,
    `db.execute('SELECT 1 WHERE n = ?', (n,))`,
  ],
  [
    'a sum of mixed quotes',
    `db.execute('SELECT 1 WHERE n = \\'' + n + "' AND 1")`,
    `db.execute('SELECT 1 WHERE n = ?' + " AND 1", (n,))`,
  ],
  [
    'a sum with a constant',
    `db.execute("SELECT * FROM " + TABLE + " WHERE id = " + x)`,
    `db.execute("SELECT * FROM " + TABLE + " WHERE id = ?", (x,))`,
  ],
  [
    'two values in one pair of quotes',
    `db.execute("SELECT 1 WHERE n = '" + a + b + "'")`,
    `db.execute("SELECT 1 WHERE n = ?", (f"{a}{b}",))`,
  ],
  [
    'a sum over lines',
    `db.execute("SELECT 1 " +\n           "WHERE n = '" +\n           n + "'")`,
    `db.execute("SELECT 1 " +\n           "WHERE n = ?", (n,))`,
  ],
  [
    'a comment in a sum',
    `db.execute("SELECT 1 WHERE n = '" +\n    n +  # the name\n    "' LIMIT 1")`,
    `db.execute("SELECT 1 WHERE n = ?" +  # the name\n    " LIMIT 1", (n,))`,
  ],
  [
    'implicit concatenation',
    `db.execute(\n    "SELECT 1 "\n    f"WHERE n = '{n}' "  # name\n    "AND 1"\n)`,
    `db.execute(\n    "SELECT 1 "\n    "WHERE n = ? "  # name\n    "AND 1",\n    (n,)\n)`,
  ],
  [
    'a trailing comma',
    `db.execute(\n    f"SELECT 1 WHERE n = {n}",\n)`,
    `db.execute(\n    "SELECT 1 WHERE n = ?",\n    (n,),\n)`,
  ],
  [
    'CRLF',
    `db.execute(\r\n\tf"SELECT 1 WHERE n = {n}"\r\n)\r\n`,
    `db.execute(\r\n\t"SELECT 1 WHERE n = ?",\r\n\t(n,)\r\n)\r\n`,
  ],
  [
    'triple quotes',
    `db.execute(f"""\n  SELECT 1\n  WHERE n = '{n}'\n""")`,
    `db.execute("""\n  SELECT 1\n  WHERE n = ?\n""", (n,))`,
  ],
  [
    'an argument in parentheses',
    `db.execute(("SELECT 1 "\n    f"WHERE n = {n}"))`,
    `db.execute(("SELECT 1 "\n    "WHERE n = ?"), (n,))`,
  ],
  [
    'a comment inside the parentheses',
    `db.execute((f"SELECT 1 WHERE n = {n}"  # q\n))`,
    `db.execute(("SELECT 1 WHERE n = ?"  # q\n), (n,))`,
  ],
  ['unicode', `db.execute(f"SELECT '😀é' WHERE n = '{ñ}'")`, `db.execute("SELECT '😀é' WHERE n = ?", (ñ,))`],
  [
    'an escaped quote',
    `db.execute(f'SELECT 1 WHERE n = \\'{n}\\'')`,
    `db.execute('SELECT 1 WHERE n = ?', (n,))`,
  ],
  ['percent', `db.execute("SELECT 1 WHERE n = '%s'" % n)`, `db.execute("SELECT 1 WHERE n = ?", (n,))`],
  [
    'percent with a tuple',
    `db.execute("SELECT 1 WHERE n = '%s' AND a = %d" % (n, a))`,
    `db.execute("SELECT 1 WHERE n = ? AND a = ?", (n, a))`,
  ],
  [
    'percent with a dict',
    `db.execute("SELECT 1 WHERE n = '%(n)s'" % {"n": x, "m": 1})`,
    `db.execute("SELECT 1 WHERE n = ?", (x,))`,
  ],
  [
    'percent with a mapping',
    `db.execute("SELECT 1 WHERE n = '%(n)s' AND a = %(a)s" % form)`,
    `db.execute("SELECT 1 WHERE n = ? AND a = ?", (form["n"], form["a"]))`,
  ],
  [
    'percent with locals()',
    `db.execute("SELECT 1 WHERE n = '%(n)s'" % locals())`,
    `db.execute("SELECT 1 WHERE n = ?", (n,))`,
  ],
  [
    'a literal percent of % formatting',
    `db.execute("SELECT 1 WHERE a LIKE '5%%' AND n = '%s'" % n)`,
    `db.execute("SELECT 1 WHERE a LIKE '5%' AND n = ?", (n,))`,
  ],
  [
    'a pattern of % formatting',
    `db.execute("SELECT 1 WHERE n LIKE '%%%s%%'" % n)`,
    `db.execute("SELECT 1 WHERE n LIKE ?", (f"%{n}%",))`,
  ],
  [
    'percent with a constant',
    `db.execute("SELECT * FROM %s WHERE n = '%s'" % (TABLE, n))`,
    `db.execute("SELECT * FROM %s WHERE n = ?" % (TABLE,), (n,))`,
  ],
  [
    '.format',
    `db.execute("SELECT 1 WHERE n = '{}' AND a = {}".format(n, a))`,
    `db.execute("SELECT 1 WHERE n = ? AND a = ?", (n, a))`,
  ],
  [
    '.format by index',
    `db.execute("SELECT 1 WHERE n = '{1}' AND a = {0}".format(a, n))`,
    `db.execute("SELECT 1 WHERE n = ? AND a = ?", (n, a))`,
  ],
  [
    '.format by name',
    `db.execute("SELECT 1 WHERE n = '{n}'".format(n=x))`,
    `db.execute("SELECT 1 WHERE n = ?", (x,))`,
  ],
  [
    '.format with an attribute',
    `db.execute("SELECT 1 WHERE n = '{0.name}' AND a = {0[k]}".format(u))`,
    `db.execute("SELECT 1 WHERE n = ? AND a = ?", (u.name, u["k"]))`,
  ],
  [
    '.format with a constant',
    `db.execute("SELECT * FROM {} WHERE n = '{}'".format(TABLE, n))`,
    `db.execute("SELECT * FROM {} WHERE n = ?".format(TABLE), (n,))`,
  ],
  [
    '.format with numbers that move up',
    `db.execute("SELECT * FROM {1} WHERE n = '{0}'".format(n, TABLE))`,
    `db.execute("SELECT * FROM {0} WHERE n = ?".format(TABLE), (n,))`,
  ],
  [
    '.format over lines',
    `db.execute(\n    "SELECT 1 "\n    "WHERE n = '{}'".format(n)\n)`,
    `db.execute(\n    "SELECT 1 "\n    "WHERE n = ?",\n    (n,)\n)`,
  ],
  [
    'braces of .format',
    `db.execute("SELECT '{{}}' WHERE n = {}".format(n))`,
    `db.execute("SELECT '{}' WHERE n = ?", (n,))`,
  ],
  [
    'a literal percent for %s drivers',
    `db.execute(f"SELECT 1 WHERE a LIKE 'x%' AND n = '{n}'")`,
    `db.execute("SELECT 1 WHERE a LIKE 'x%%' AND n = %s", (n,))`,
    format,
  ],
  [
    'percent kept for %s drivers',
    `db.execute("SELECT 1 WHERE a LIKE 'x%%' AND n = '%s'" % n)`,
    `db.execute("SELECT 1 WHERE a LIKE 'x%%' AND n = %s", (n,))`,
    format,
  ],
  [
    'constant and %s placeholder',
    `db.execute("SELECT * FROM %s WHERE n = '%s'" % (TABLE, n))`,
    `db.execute("SELECT * FROM %s WHERE n = %%s" % (TABLE,), (n,))`,
    format,
  ],
  [
    'merging into %s parameters',
    `db.execute(f"SELECT 1 WHERE a = %s AND n LIKE '%%{n}' AND b = %s", (a, b))`,
    `db.execute("SELECT 1 WHERE a = %s AND n LIKE %s AND b = %s", (a, f"%{n}", b))`,
    format,
  ],
  [
    'a driver without %%',
    `db.execute(f"SELECT 1 WHERE a LIKE 'x%' AND n = {n}")`,
    `db.execute("SELECT 1 WHERE a LIKE 'x%' AND n = %s", (n,))`,
    { style: 'format', more: { hasPercentEscape: false } },
  ],
  [
    'pyformat with a dict',
    `db.execute(f"SELECT 1 WHERE a = %(a)s AND n = '{n}'", {"a": a})`,
    `db.execute("SELECT 1 WHERE a = %(a)s AND n = %(n)s", {"a": a, "n": n})`,
    { style: 'pyformat' },
  ],
  [
    'merging in front',
    `db.execute(f"SELECT 1 WHERE n = {n} AND a = ?", (a,))`,
    `db.execute("SELECT 1 WHERE n = ? AND a = ?", (n, a,))`,
  ],
  [
    'merging into a list',
    `db.execute(f"SELECT 1 WHERE a = ? AND n = {n}", [a])`,
    `db.execute("SELECT 1 WHERE a = ? AND n = ?", [a, n])`,
  ],
  [
    'merging behind a one-tuple',
    `db.execute(f"SELECT 1 WHERE a = ? AND n = {n}", (a,))`,
    `db.execute("SELECT 1 WHERE a = ? AND n = ?", (a, n,))`,
  ],
  [
    'None as parameters',
    `db.execute(f"SELECT 1 WHERE n = {n}", None)`,
    `db.execute("SELECT 1 WHERE n = ?", (n,))`,
  ],
  [
    'names of sqlite3',
    `db.execute(f"SELECT 1 WHERE a = :a AND n = {n}", {'a': 1})`,
    `db.execute("SELECT 1 WHERE a = :a AND n = :n", {'a': 1, "n": n})`,
  ],
  [
    'dict() parameters',
    `db.execute(f"SELECT 1 WHERE a = :a AND n = {n}", dict(a=1))`,
    `db.execute("SELECT 1 WHERE a = :a AND n = :n", dict(a=1, n=n))`,
  ],
  [
    'dollar numbers',
    `db.execute(f"SELECT 1 WHERE a = $1 AND n = '{n}' AND m = '{n}'", a)`,
    `db.execute("SELECT 1 WHERE a = $1 AND n = $2 AND m = $2", a, n)`,
    { style: 'dollar', dialect: 'postgresql', more: { isVariadic: true } },
  ],
  [
    'colon numbers',
    `db.execute(f"SELECT 1 WHERE a = {a} AND n = '{n}'")`,
    `db.execute("SELECT 1 WHERE a = :1 AND n = :2", (a, n))`,
    { style: 'numeric' },
  ],
  [
    'text() of SQLAlchemy',
    `db.execute(text(f"SELECT 1 WHERE n = '{request.form.get('userName')}'"))`.replace("'userName'", 'K'),
    `db.execute(text("SELECT 1 WHERE n = :form"), {"form": request.form.get(K)})`,
  ],
  [
    'a name from a key',
    `db.execute(text("SELECT 1 WHERE n = '" + request.args["user-name"] + "'"))`,
    `db.execute(text("SELECT 1 WHERE n = :user_name"), {"user_name": request.args["user-name"]})`,
  ],
  [
    'a cast behind a name',
    `db.execute(text(f"SELECT 1 WHERE id = '{uid}'::int"))`,
    `db.execute(text("SELECT 1 WHERE id = :uid ::int"), {"uid": uid})`,
  ],
  [
    'a shared name',
    `db.execute(text(f"SELECT 1 WHERE a = '{x}' OR b LIKE '{x}%' OR c = '{x}'"))`,
    `db.execute(text("SELECT 1 WHERE a = :x OR b LIKE :x_pattern OR c = :x"), {"x": x, "x_pattern": f"{x}%"})`,
  ],
  [
    'an escaped colon in quotes',
    `db.execute(text(f"SELECT 1 WHERE a = '\\\\:{x}'"))`,
    `db.execute(text("SELECT 1 WHERE a = :x"), {"x": f":{x}"})`,
  ],
  [
    'a time in quotes',
    `db.execute(text(f"SELECT '12:30' WHERE a = {x}"))`,
    `db.execute(text("SELECT '12:30' WHERE a = :x"), {"x": x})`,
  ],
  [
    'merging into names',
    `db.execute(text(f"SELECT 1 WHERE a = :x AND b = '{x}'"), {"x": 1})`,
    `db.execute(text("SELECT 1 WHERE a = :x AND b = :x_2"), {"x": 1, "x_2": x})`,
  ],
  [
    'a keyword slot',
    `db.execute(f"SELECT 1 WHERE a = {x}", con)`,
    `db.execute("SELECT 1 WHERE a = ?", con, params=(x,))`,
    { more: { slot: { position: 4, keyword: 'params' } } },
  ],
  [
    'LIMIT of MySQL',
    `db.execute(f"SELECT 1 LIMIT {n} OFFSET {(p - 1) * n}")`,
    `db.execute("SELECT 1 LIMIT %s OFFSET %s", (int(n), (p - 1) * n))`,
    { style: 'format', dialect: 'mysql' },
  ],
  [
    'LIMIT of SQLite',
    `db.execute(f"SELECT 1 LIMIT {n}")`,
    `db.execute("SELECT 1 LIMIT ?", (n,))`,
    { dialect: 'sqlite' },
  ],
  [
    'a conditional value',
    `db.execute(f"SELECT 1 WHERE a = {x if x else y}")`,
    `db.execute("SELECT 1 WHERE a = ?", (x if x else y,))`,
  ],
  [
    'quotes inside of a pattern value',
    `db.execute("SELECT 1 WHERE n LIKE '%" + a["x"] + b['y'] + "%'")`,
    `db.execute("SELECT 1 WHERE n LIKE ?", ("%{}{}%".format(a["x"], b['y']),))`,
  ],
  [
    'a variable',
    `q = f"SELECT 1 WHERE n = '{n}'"\nprint(q)\ndb.execute(q)`,
    `q = "SELECT 1 WHERE n = ?"\nprint(q)\ndb.execute(q, (n,))`,
  ],
  [
    'a variable with +=',
    `q = "SELECT 1 WHERE n = '" + n + "'"\nq += " AND y = '" + y + "'"\ndb.execute(q)`,
    `q = "SELECT 1 WHERE n = ?"\nq += " AND y = ?"\ndb.execute(q, (n, y))`,
  ],
  [
    'a variable used in a with block',
    `q = f"SELECT 1 WHERE n = {n}"\nwith con as db:\n    db.execute(q)\n`,
    `q = "SELECT 1 WHERE n = ?"\nwith con as db:\n    db.execute(q, (n,))\n`,
  ],
];

describe('parametrizeQuery', () => {
  it.each(FIXED)('moves %s', (_name, before, after, options) => {
    const result = run(before, options);
    if (result.kind === 'refused') throw new Error(result.reason);
    expect(applied(before, result.edits)).toBe(after);
  });

  it.each(FIXED)('has nothing left to do after %s', (_name, _before, after, options) => {
    expect(run(after, options).kind).toBe('refused');
  });
});

type Refused = readonly [name: string, before: string, reason: RegExp, options?: Options];

const REFUSED: readonly Refused[] = [
  ['a table', 'db.execute(f"SELECT * FROM {t} WHERE a = 1")', /name of a table or column/],
  ['a table and a value', `db.execute(f"SELECT * FROM {t} WHERE a = '{x}'")`, /name of a table or column/],
  ['a column', 'db.execute(f"SELECT {c} FROM t")', /name of a table or column/],
  ['a compared column', 'db.execute(f"SELECT 1 WHERE {c} = 1")', /name of a table or column/],
  ['an order', 'db.execute(f"SELECT 1 ORDER BY {c}")', /name of a table or column/],
  ['a direction', 'db.execute(f"SELECT 1 ORDER BY a {d}")', /keyword/],
  ['a list', 'db.execute(f"SELECT 1 WHERE a IN ({ids})")', /list/],
  ['a tuple as a list', 'db.execute(f"SELECT 1 WHERE a IN {tuple(ids)}")', /list/],
  ['a joined list', `db.execute("SELECT 1 WHERE a IN ('" + "','".join(ids) + "')")`, /list/],
  ['a condition', 'db.execute(f"SELECT 1 WHERE {w}")', /whole condition/],
  ['a conditional piece', `db.execute("SELECT 1" + (" WHERE a = 1" if x else ""))`, /depends on a condition/],
  ['a comment of SQL', 'db.execute(f"SELECT 1 -- {x}")', /comment/],
  ['backticks', 'db.execute(f"SELECT `{c}` FROM t")', /name of a table or column/],
  [
    'double quotes in PostgreSQL',
    `db.execute(f'SELECT 1 WHERE a = "{c}"')`,
    /name of a table/,
    { dialect: 'postgresql' },
  ],
  ['a typed literal', `db.execute(f"SELECT INTERVAL '{n} days'")`, /kind of SQL literal/],
  ['a pragma', 'db.execute(f"PRAGMA user_version = {n}")', /takes no parameters/],
  ['a whole query', 'db.execute(q + x)', /keyword|built|whole/],
  ['bytes', `db.execute(b"SELECT 1 WHERE a = '%s'" % x)`, /bytes/],
  ['!r in quotes', `db.execute(f"SELECT 1 WHERE n = '{x!r}'")`, /quotes twice/],
  ['a driver escape', `db.execute("SELECT 1 WHERE n = '%s'" % conn.escape_string(x))`, /already escaped/],
  ['parameters in a variable', 'db.execute(f"SELECT 1 WHERE n = {x} AND a = ?", params)', /in a variable/],
  ['unpacked arguments', 'db.execute(f"SELECT 1 WHERE n = {x}", *rest)', /unpacks/],
  [
    'a wrong number of parameters',
    'db.execute(f"SELECT 1 WHERE n = {x} AND a = ?", (a, b))',
    /number of placeholders/,
  ],
  ['a missing value', `db.execute("SELECT 1 WHERE n = '%s' AND a = '%s'" % (x,))`, /number of values/],
  ['values in a variable', `db.execute("SELECT 1 WHERE n = '%s' AND a = '%s'" % values)`, /from a variable/],
  ['nothing but constants', 'db.execute(f"SELECT * FROM {TABLE}")', /no value/],
  ['executescript', 'db.executescript(f"SELECT {x}")', /executescript/, { method: 'executescript' }],
  ['a value that changes', `n = a\nq = f"SELECT 1 WHERE n = '{n}'"\nn = b\ndb.execute(q)`, /`n` changes/],
  [
    'a branch',
    `q = f"SELECT 1 WHERE n = '{n}'"\nif x:\n    q += f" AND x = {x}"\ndb.execute(q)`,
    /more than one way/,
  ],
  ['a second use', `q = f"SELECT 1 WHERE n = '{n}'"\ndb.execute(q)\nother(q)`, /another place/],
  ['an explicit debug hole', 'db.execute(f"SELECT 1 WHERE {x=}")', /prints the name/],
  ['a text function of a bare value', 'db.execute(f"SELECT 1 WHERE lower({x}) = 1")', /name of a column/],
  ['an open quote', `db.execute(f"SELECT 1 WHERE n = '{x}")`, /keyword/],
  ['a named parameter in quotes', `db.execute(text(f"SELECT 1 WHERE n = ' :a {x}'"))`, /named parameter/],
];

describe('parametrizeQuery refuses', () => {
  it.each(REFUSED)('%s', (_name, before, reason, options) => {
    const result = run(before, options);
    expect(result).toMatchObject({ kind: 'refused', reason: expect.stringMatching(reason) });
  });
});

describe('safety', () => {
  it.each([
    ['a plain column', `db.execute(f"SELECT 1 WHERE n = '{x}'")`, 'safe'],
    ['an expression on the other side', 'db.execute(f"SELECT 1 WHERE length(n) > {x}")', 'review'],
    ['a bare value with a format', 'db.execute(f"SELECT 1 WHERE n = {x:.2f}")', 'review'],
  ])('of %s', (_name, text, safety) => {
    expect(run(text)).toMatchObject({ kind: 'edits', safety });
  });

  it('keeps two fixes of different lines independent', () => {
    const text = `db.execute(f"SELECT 1 WHERE n = '{x}'")\n`;
    const shifted = `# a comment\n\n${text}`;
    const [a, b] = [run(text), run(shifted)];
    if (a.kind !== 'edits' || b.kind !== 'edits') throw new Error('refused');
    expect(applyEdits(shifted, b.edits)).toBe(`# a comment\n\n${applyEdits(text, a.edits)}`);
    expect(parsePython(applyEdits(shifted, b.edits)).problems).toEqual([]);
  });
});
