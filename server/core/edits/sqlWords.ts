/** Words of SQL by what may follow them. Lower case. Only what tells a value from the rest is listed. */

/** How SQL is read; `unknown` takes only what holds everywhere. */
export type SqlDialect = 'sqlite' | 'postgresql' | 'mysql' | 'unknown';

const words = (list: string): ReadonlySet<string> => new Set(list.split(' '));

/** Statements whose parts cannot be parameters in common databases. */
export const FIXED_STATEMENTS = words(
  'create drop alter truncate pragma attach detach grant revoke show use copy vacuum analyze reindex describe desc ' +
    'comment lock unlock load set reset listen notify cluster rename savepoint rollback release',
);

/** After these stands a name. */
export const NAME_BEFORE = words(
  'from join into update table view index database schema column as using collate returning references window over ' +
    'truncate only describe procedure',
);

/** After these stands a list of names. */
export const NAMES_BEFORE = words('select distinct by set');

/** Operators written as words: a value follows. */
export const VALUE_BEFORE = words(
  'like ilike glob regexp rlike match between escape then else similar_to div mod xor',
);

/** A condition begins: what follows is a column, or a whole condition. */
export const CONDITION_BEFORE = words('where and or on having when not case if elseif');

/** Row counts. */
export const COUNT_BEFORE = words('limit offset');

/** Literals with a type in front: `DATE '…'`. A placeholder cannot take the place of the quoted part. */
export const TYPED_LITERALS = words(
  'date time timestamp timestamptz interval n e b x q _utf8 _utf8mb4 _latin1 _binary',
);

/** May stand right after a complete value. */
export const AFTER_VALUE = words(
  'and or order group limit offset having union intersect except minus for returning on where then else end when as ' +
    'collate asc desc from is in like ilike glob regexp rlike between not escape inner left right full cross natural ' +
    'join set using window fetch isnull notnull xor div mod at similar',
);

/** Every word with a meaning of its own: never the name of a function before `(`. */
export const KEYWORDS: ReadonlySet<string> = new Set([
  ...NAME_BEFORE,
  ...NAMES_BEFORE,
  ...VALUE_BEFORE,
  ...CONDITION_BEFORE,
  ...COUNT_BEFORE,
  ...AFTER_VALUE,
  ...words(
    'values value all any some exists insert delete replace order group null true false is default key with',
  ),
]);

/** Functions that take text or columns: a bare word in them can only be a column's name. */
export const NUMBER_FUNCTIONS = words(
  'abs round floor ceil ceiling power pow mod sqrt to_timestamp from_unixtime datetime date julianday st_makepoint ' +
    'st_point st_setsrid pg_sleep sleep random_between make_interval makedate maketime sec_to_time char chr repeat',
);

/** Functions whose later arguments are plain values. */
export const DEFAULTING_FUNCTIONS = words(
  'coalesce ifnull nullif nvl round power pow mod left right substr substring',
);

/** Words before an operand that are no operand themselves, for reading `a BETWEEN x AND y`. */
export const CLAUSE_WORDS = words(
  'select from where having on set values order group limit offset into update join returning using union when',
);
