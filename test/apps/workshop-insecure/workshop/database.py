import sqlite3

from flask import g


class Database:
    def __init__(self, path):
        self.connection = sqlite3.connect(path)
        self.connection.row_factory = sqlite3.Row

    def rows(self, query, *values):
        return self.connection.execute(query, values).fetchall()  # missing: [sql-injection] the base class answers and asks the subclass

    def row(self, query, *values):
        return self.connection.execute(query, values).fetchone()  # missing: [sql-injection] the base class answers and asks the subclass

    def write(self, query, *values):
        return self.connection.execute(query, values)  # missing: [sql-identifier-from-input] the base class answers and asks the subclass

    def script(self, text):
        self.connection.executescript(text)  # missing: [sql-injection] the base class answers and asks the subclass


def get_database():
    if "database" not in g:
        g.database = Database("workshop.db")
    return g.database
