/** Which database drivers a file, or else the whole project, imports: evidence for connections of unknown type. */
import type { FilePath } from '../base/filePath';
import type { Project } from './project';

/** Module → class whose methods take queries. */
const CURSORS: ReadonlyMap<string, string> = new Map([
  ['sqlite3', 'sqlite3.Cursor'],
  ['psycopg2', 'psycopg2.extensions.cursor'],
  ['psycopg', 'psycopg.Cursor'],
  ['psycopg_pool', 'psycopg.Cursor'],
  ['pymysql', 'pymysql.cursors.Cursor'],
  ['MySQLdb', 'MySQLdb.cursors.Cursor'],
  ['flask_mysqldb', 'MySQLdb.cursors.Cursor'],
  ['flaskext', 'pymysql.cursors.Cursor'],
  ['mysql', 'mysql.connector.cursor.MySQLCursor'],
]);

export function driversOf(project: Project, file: FilePath): readonly string[] {
  const own = cursorsIn(project, file);
  return own.length > 0
    ? own
    : [...new Set(project.pythonFiles().flatMap((other) => cursorsIn(project, other)))];
}

function cursorsIn(project: Project, file: FilePath): readonly string[] {
  const modules = project.importedModules(file);
  return [...new Set(modules.flatMap((module) => CURSORS.get(module) ?? []))];
}
