/** Text that is run as Python, and names that choose what is run.
 *  @see https://pandas.pydata.org/docs/reference/api/pandas.DataFrame.query.html,
 *  https://docs.sympy.org/latest/modules/core.html#sympy.core.sympify.sympify,
 *  https://numexpr.readthedocs.io/en/latest/api.html, https://docs.python.org/3/library/importlib.html */
import type { Library } from './library';

const CODE = { kind: 'code', effect: 'is run as Python code' } as const;
const MODULE = { kind: 'reflection', effect: 'chooses the module that is imported' } as const;
const ATTRIBUTE = { kind: 'reflection', effect: 'chooses the attribute that is used' } as const;
const FRAME = {
  kind: 'code',
  argument: { position: 0, name: 'expr' },
  effect: 'is run as an expression',
} as const;

export const evaluation = {
  reference: 'https://docs.python.org/3/library/functions.html#eval',
  aliases: {
    'importlib.__import__': 'builtins.__import__',
    'pandas.core.frame.DataFrame': 'pandas.DataFrame',
    'sympy.core.sympify.sympify': 'sympy.sympify',
    'sympy.S': 'sympy.sympify',
    'sympy.parsing.parse_expr': 'sympy.parse_expr',
    'sympy.parsing.sympy_parser.parse_expr': 'sympy.parse_expr',
    'werkzeug.import_string': 'werkzeug.utils.import_string',
  },
  types: {
    'pandas.read_csv()': 'pandas.DataFrame',
    'pandas.read_excel()': 'pandas.DataFrame',
    'pandas.read_json()': 'pandas.DataFrame',
    'pandas.read_parquet()': 'pandas.DataFrame',
    'pandas.read_sql()': 'pandas.DataFrame',
    'pandas.read_sql_query()': 'pandas.DataFrame',
    'pandas.read_sql_table()': 'pandas.DataFrame',
    'pandas.DataFrame.copy()': 'pandas.DataFrame',
    'pandas.DataFrame.dropna()': 'pandas.DataFrame',
    'pandas.DataFrame.fillna()': 'pandas.DataFrame',
    'pandas.DataFrame.head()': 'pandas.DataFrame',
    'pandas.DataFrame.query()': 'pandas.DataFrame',
    'pandas.DataFrame.reset_index()': 'pandas.DataFrame',
    'pandas.DataFrame.sort_values()': 'pandas.DataFrame',
  },
  // What it is given counts where it is compiled.
  trusted: ['builtins.compile'],
  sinks: {
    'builtins.globals()[]': { ...ATTRIBUTE, argument: { position: 0 } },
    'builtins.vars()[]': { ...ATTRIBUTE, argument: { position: 0 } },
    'sys.modules[]': { ...MODULE, argument: { position: 0 } },
    'builtins.eval': { ...CODE, argument: { position: 0, name: 'source' } },
    'builtins.exec': { ...CODE, argument: { position: 0, name: 'source' } },
    'builtins.compile': { ...CODE, argument: { position: 0, name: 'source' } },
    'code.InteractiveInterpreter.runsource': { ...CODE, argument: { position: 0, name: 'source' } },
    'code.InteractiveInterpreter.runcode': { ...CODE, argument: { position: 0, name: 'code' } },
    'timeit.timeit': { ...CODE, argument: { position: 0, name: 'stmt' } },
    'pandas.DataFrame.query': FRAME,
    'pandas.DataFrame.eval': FRAME,
    'pandas.eval': FRAME,
    'numexpr.evaluate': { ...FRAME, argument: { position: 0, name: 'ex' } },
    'sympy.sympify': { ...CODE, argument: { position: 0, name: 'a' } },
    'sympy.parse_expr': { ...CODE, argument: { position: 0, name: 's' } },
    'runpy.run_path': { ...CODE, argument: { position: 0, name: 'path_name' } },
    'importlib.import_module': { ...MODULE, argument: { position: 0, name: 'name' } },
    'builtins.__import__': { ...MODULE, argument: { position: 0, name: 'name' } },
    'runpy.run_module': { ...MODULE, argument: { position: 0, name: 'mod_name' } },
    'pkgutil.resolve_name': { ...MODULE, argument: { position: 0, name: 'name' } },
    'pydoc.locate': { ...MODULE, argument: { position: 0, name: 'path' } },
    'werkzeug.utils.import_string': { ...MODULE, argument: { position: 0, name: 'import_name' } },
    'builtins.getattr': { ...ATTRIBUTE, argument: { position: 1 } },
    'operator.attrgetter': { ...ATTRIBUTE, argument: { position: 0 } },
    'operator.methodcaller': { ...ATTRIBUTE, argument: { position: 0 } },
    'builtins.globals().get': { ...ATTRIBUTE, argument: { position: 0 } },
    'builtins.vars().get': { ...ATTRIBUTE, argument: { position: 0 } },
  },
  propagators: ['ast.literal_eval'],
} as const satisfies Library;
