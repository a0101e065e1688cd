import sqlite3


class Database:
    """A connection that hands out rows as dicts."""

    def __init__(self, path):
        self._connection = sqlite3.connect(path)
        self._connection.row_factory = sqlite3.Row

    def rows(self, sql, parameters=()):
        return [dict(row) for row in self._connection.execute(sql, parameters)]

    def row(self, sql, parameters=()):
        found = self.rows(sql, parameters)
        return found[0] if found else None

    def write(self, sql, parameters=()):
        with self._connection:
            return self._connection.execute(sql, parameters).lastrowid

    def close(self):
        self._connection.close()
