import sqlite3

from flask import g


class Database:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.connection.row_factory = sqlite3.Row

    def rows(self, query, *values):
        return self.connection.execute(query, values).fetchall()

    def row(self, query, *values):
        return self.connection.execute(query, values).fetchone()

    def write(self, query, *values):
        return self.connection.execute(query, values)

    def script(self, text):
        self.connection.executescript(text)


def get_database():
    if "database" not in g:
        g.database = Database("workshop.db")
    return g.database
