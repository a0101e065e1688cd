/** Programs before and after the fix for SQL injection. Names in capitals are constants. */
import type { ParametrizeRequest, ParamStyle } from '../../../server/core/edits/parametrizeQuery';
import type { SqlDialect } from '../../../server/core/edits/sqlWords';

export interface Options {
  readonly style?: ParamStyle;
  readonly dialect?: SqlDialect;
  readonly method?: string;
  readonly more?: Partial<ParametrizeRequest>;
}

export type Case = readonly [name: string, before: string, after: string, options?: Options];

const format: Options = { style: 'format' };

export const FIXED: readonly Case[] = [
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
    `db.execute("SELECT 1 WHERE n = ? AND a = ?", (n, a))`,
  ],
  [
    'merging into a list',
    `db.execute(f"SELECT 1 WHERE a = ? AND n = {n}", [a])`,
    `db.execute("SELECT 1 WHERE a = ? AND n = ?", [a, n])`,
  ],
  [
    'merging behind a one-tuple',
    `db.execute(f"SELECT 1 WHERE a = ? AND n = {n}", (a,))`,
    `db.execute("SELECT 1 WHERE a = ? AND n = ?", (a, n))`,
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
  [
    'a variable that is added to by name',
    `q = "SELECT 1 WHERE n = '"\nq = q + n + "' AND a = " + a\ndb.execute(q)`,
    `q = "SELECT 1 WHERE n = ?"\nq = q + " AND a = ?"\ndb.execute(q, (n, a))`,
  ],
  [
    'a part that is a value alone',
    `q = 'SELECT 1 WHERE n = '\nq = q + n\ndb.execute(q)`,
    `q = 'SELECT 1 WHERE n = '\nq = q + '?'\ndb.execute(q, (n,))`,
  ],
  [
    'a wrapped variable',
    `def f():\n    q = f"SELECT 1 WHERE n = {n}"\n    with e.begin() as c:\n        return c.execute(q, timeout=3)\n`,
    `def f():\n    q = "SELECT 1 WHERE n = ?"\n    with e.begin() as c:\n        return c.execute(q, (n,), timeout=3)\n`,
  ],
];
