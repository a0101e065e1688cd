import sqlite3

from flask import g


class Database:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.connection.row_factory = sqlite3.Row

    def rows(self, query, *values):
        return self.connection.execute(query, values).fetchall()  # error: [sql-injection]

    def row(self, query, *values):
        return self.connection.execute(query, values).fetchone()  # error: [sql-injection]

    def write(self, query, *values):
        return self.connection.execute(query, values)  # error: [sql-identifier-from-input]

    def script(self, text):
        self.connection.executescript(text)  # error: [sql-injection]


def get_database():
    if "database" not in g:
        g.database = Database("workshop.db")
    return g.database
